// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_button.h"

#include "ui/theme/icons.h"
#include "ui/theme/ink.h"

#include <QEvent>
#include <QPushButton>
#include <QToolButton>

namespace reslens {
namespace {

/// Takes its colour from the surrounding palette at each change of it.
class PrimaryButton : public QPushButton
{
protected:
    void changeEvent(QEvent *event) override
    {
        QPushButton::changeEvent(event);
        if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ParentChange)
            recolour();
    }

private:
    void recolour()
    {
        const QPalette around = parentWidget() ? parentWidget()->palette() : QPalette();
        const QColor accent = around.color(QPalette::Active, QPalette::Highlight);
        QPalette own = palette();
        // The frame of the keyboard's focus would not be seen in the accent colour.
        const QColor frame = around.color(QPalette::WindowText);
        if (own.color(QPalette::Button) == accent && own.color(QPalette::Highlight) == frame)
            return;
        own.setColor(QPalette::Button, accent);
        own.setColor(QPalette::ButtonText, inkOn(accent));
        own.setColor(QPalette::Highlight, frame);
        setPalette(own);
    }
};

} // namespace

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

QPushButton *primaryButton()
{
    return new PrimaryButton;
}

} // namespace reslens
