// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_banner.h"

#include "ui/base/sentence.h"
#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/theme/labels.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace reslens {

MessageBanner::MessageBanner(QWidget *parent) : QFrame(parent), m_text(new QLabel)
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    makeSelectable(m_text);
    auto *close = new QToolButton;
    close->setIcon(themedIcon(QStringLiteral("close")));
    close->setAutoRaise(true);
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(close->toolTip());
    connect(close, &QToolButton::clicked, this, &QWidget::hide);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(2 * Grid, Grid, Grid, Grid);
    layout->addWidget(m_text, 1);
    layout->addWidget(close, 0, Qt::AlignTop);
    setAccessibleName(tr("Message"));
    hide();
}

void MessageBanner::showMessage(const QString &sentence)
{
    m_text->setText(asSentence(sentence));
    setAccessibleDescription(m_text->text());
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QString MessageBanner::message() const
{
    return isHidden() ? QString() : m_text->text();
}

void MessageBanner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor accent(0xd9, 0x82, 0x2b);
    painter.fillRect(rect(), blend(palette().color(QPalette::Window), accent, 0.18));
    painter.fillRect(QRect(0, 0, Grid / 2, height()), accent);
}

} // namespace reslens
