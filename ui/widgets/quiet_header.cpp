// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/quiet_header.h"

#include "ui/theme/appearance.h"

#include <QPainter>

namespace reslens {

QuietHeader::QuietHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent)
{
    viewport()->setAutoFillBackground(false);
}

void QuietHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const auto alignment = model()->headerData(section, orientation(), Qt::TextAlignmentRole).toInt();
    QString text = model()->headerData(section, orientation()).toString();
    if (isSortIndicatorShown() && sortIndicatorSection() == section)
        text += sortIndicatorOrder() == Qt::AscendingOrder ? QStringLiteral(" ↑") : QStringLiteral(" ↓");
    painter->setPen(quietText(palette()));
    const QRect room = rect.adjusted(3, 0, -3, 0);
    painter->drawText(room, alignment, fontMetrics().elidedText(text, Qt::ElideRight, room.width()));
}

} // namespace reslens
