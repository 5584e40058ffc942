// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/network/block_delegate.h"

#include "ui/session/block_model.h"
#include "ui/theme/appearance.h"

#include <QPainter>

namespace reslens {
namespace {

/// The most probable classes as bars, one below the other.
void paintTop(QPainter &painter, const QStyleOptionViewItem &option, const QList<float> &probabilities)
{
    const double line = double(option.rect.height()) / double(probabilities.size());
    QRectF bar(option.rect.left(), option.rect.top() + line / 4, 0, line / 2);
    for (const float probability : probabilities) {
        bar.setWidth(double(probability) * option.rect.width());
        painter.fillRect(bar, option.palette.color(QPalette::Highlight));
        bar.translate(0, line);
    }
}

} // namespace

void BlockDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    painter->save();
    const auto thumbnail = index.data(Qt::DecorationRole).value<QImage>();
    if (thumbnail.isNull())
        painter->fillRect(option.rect, faint(option.palette, 0.07));
    else
        painter->drawImage(option.rect, thumbnail);
    paintTop(*painter, option, index.data(BlockModel::TopRole).value<QList<float>>());

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
