// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/block_delegate.h"

#include "ui/theme/appearance.h"

#include <QPainter>

namespace reslens {

void BlockDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    painter->save();
    const auto thumbnail = index.data(Qt::DecorationRole).value<QImage>();
    if (thumbnail.isNull())
        painter->fillRect(option.rect, faint(option.palette, 0.07));
    else
        painter->drawImage(option.rect, thumbnail);

    const bool selected = option.state & QStyle::State_Selected;
    if (selected || option.state & QStyle::State_MouseOver) {
        // Outside of the tile, so that the frame covers no value.
        QColor colour = option.palette.color(QPalette::Highlight);
        colour.setAlphaF(selected ? 1.0F : 0.5F);
        painter->setPen(QPen(colour, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter->drawRect(option.rect.adjusted(-2, -2, 2, 2));
    }
    painter->restore();
}

} // namespace reslens
