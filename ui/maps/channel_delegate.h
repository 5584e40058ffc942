// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace reslens {

/// Paints a channel's tile: its map with hard cell edges, its name and its raw minimum and maximum below, as
/// far as there is room; a frame in the accent colour around selected ones. The tile is as large as the
/// view's icons.
class ChannelDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// Between the edge of an item and its tile: the frame lies there.
    static constexpr int FrameRoom = 4;
    /// Between the edges of a view's cell and its tile.
    static constexpr int Inset = 2 * FrameRoom;

    using QStyledItemDelegate::QStyledItemDelegate;

    /// Height of what stands below a tile of this width: two lines, one, or nothing.
    static int captionHeight(const QFont &font, int tileWidth);

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace reslens
