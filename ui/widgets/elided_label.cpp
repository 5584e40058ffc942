// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/elided_label.h"

#include "ui/theme/tips.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace reslens {

ElidedLabel::ElidedLabel(const QString &text) : QLabel(text)
{
    setProperty(ComposesTip, true);
}

QString ElidedLabel::shownText() const
{
    return fontMetrics().elidedText(text(), Qt::ElideMiddle, width());
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QLabel::event(event);
    QString tip = toolTip();
    if (shownText() != text())
        tip = tip.isEmpty() ? text() : text() + QStringLiteral("\n\n") + tip;
    QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), wrappedTip(tip), this);
    return true;
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(rect(), int(alignment()), shownText());
}

} // namespace reslens
