// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_button.h"

#include "ui/theme/icons.h"

#include <QToolButton>

namespace reslens {

QToolButton *textButton(const QString &icon, const QString &text, const QString &tip)
{
    auto *button = new QToolButton;
    button->setIcon(themedIcon(icon));
    button->setText(text);
    button->setToolTip(tip);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    return button;
}

} // namespace reslens
