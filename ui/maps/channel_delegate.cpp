// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/channel_delegate.h"

#include "ui/base/format.h"
#include "ui/maps/channel_model.h"
#include "ui/theme/appearance.h"

#include <QPainter>

namespace reslens {
namespace {

QFont captionFont(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 0.88);
    return font;
}

int captionLines(const QFont &font, int tileWidth)
{
    const QFontMetrics metrics(captionFont(font));
    if (tileWidth >= metrics.horizontalAdvance(QStringLiteral("−0.000 … 0.0000")))
        return 2;
    return tileWidth >= metrics.horizontalAdvance(QStringLiteral("ch9999")) ? 1 : 0;
}

/// With as many digits as there is room for.
QString rangeText(double least, double greatest, const QFontMetrics &metrics, int width)
{
    QString text;
    for (const int digits : {3, 2, 1}) {
        text = formatValue(least, digits);
        if (const QString most = formatValue(greatest, digits); least != greatest)
            text += QStringLiteral(" … ") + most;
        if (metrics.horizontalAdvance(text) <= width)
            break;
    }
    return metrics.elidedText(text, Qt::ElideRight, width);
}

} // namespace

int ChannelDelegate::captionHeight(const QFont &font, int tileWidth)
{
    const int lines = captionLines(font, tileWidth);
    return lines == 0 ? 0 : 2 + lines * QFontMetrics(captionFont(font)).height();
}

QSize ChannelDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int tile = option.decorationSize.width();
    return {tile + 2 * FrameRoom, tile + 2 * FrameRoom + captionHeight(option.font, tile)};
}

void ChannelDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    painter->save();
    const auto picture = index.data(Qt::DecorationRole).value<QImage>();
    const QSize size = picture.size().scaled(option.decorationSize, Qt::KeepAspectRatio);
    const QRect tile(option.rect.topLeft() + QPoint(FrameRoom, FrameRoom), size);
    // Cells keep their edges as long as each has a pixel of its own.
    const double devicePixels = painter->device()->devicePixelRatioF() * size.width();
    painter->setRenderHint(QPainter::SmoothPixmapTransform, devicePixels < picture.width());
    painter->drawImage(tile, picture);

    const bool selected = option.state & QStyle::State_Selected;
    const bool current = option.state & QStyle::State_HasFocus;
    if (selected || current || option.state & QStyle::State_MouseOver) {
        QColor colour = option.palette.color(QPalette::Highlight);
        colour.setAlphaF(selected ? 1.0F : 0.5F);
        painter->setPen(QPen(colour, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter->drawRect(tile.adjusted(-2, -2, 2, 2));
    }

    const int lines = captionLines(option.font, option.decorationSize.width());
    const QFont font = captionFont(option.font);
    painter->setFont(font);
    const QRect line(tile.left(), tile.bottom() + 4, option.decorationSize.width(),
                     QFontMetrics(font).height());
    if (lines > 0) {
        painter->setPen(option.palette.color(QPalette::WindowText));
        painter->drawText(
            line, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, line.width()));
    }
    if (lines > 1) {
        painter->setPen(quietText(option.palette));
        painter->drawText(line.translated(0, line.height()), Qt::AlignLeft | Qt::AlignVCenter,
                          rangeText(index.data(ChannelModel::MinimumRole).toDouble(),
                                    index.data(ChannelModel::MaximumRole).toDouble(), QFontMetrics(font),
                                    line.width()));
    }
    painter->restore();
}

} // namespace reslens
