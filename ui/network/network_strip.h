// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/network/strip_layout.h"
#include "ui/theme/appearance.h"

#include <QListView>

namespace reslens {

class BlockModel;

/// The map of the network: all blocks at once, a tile each, grouped by stage, with arrows in between and a
/// bar below each residual block; the tiles take what room there is. Shows a BlockModel.
class NetworkStrip : public QListView
{
    Q_OBJECT

public:
    /// Room around the tiles: the frame of a selected one lies outside of it, also in the outermost row, and
    /// arrows lead around the tiles at the edge.
    static constexpr int FrameRoom = Inset;

    explicit NetworkStrip(QWidget *parent = nullptr);

    QRect visualRect(const QModelIndex &index) const override;
    QModelIndex indexAt(const QPoint &point) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint) override;
    void doItemsLayout() override;
    QSize minimumSizeHint() const override { return {320, 160}; }
    /// The height that the largest tiles of this width need, at most `most`.
    int heightFor(int width, int most) const;

    /// Selects the block before (-1) or after (+1) the current one.
    void step(int by);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index,
                                                         const QEvent *event) const override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void updateGeometries() override;
    int verticalOffset() const override { return 0; }
    int horizontalOffset() const override { return 0; }

private:
    StripLayout arrange(QSize size) const;
    void paintCaptions(QPainter &painter) const;
    void paintArrows(QPainter &painter) const;
    /// How much each residual block changes its input.
    void paintBars(QPainter &painter) const;
    QFont sizeFont() const;
    QString sizeOf(int row) const;
    const BlockModel *blocks() const;
    void setHovered(const QModelIndex &index);

    StripLayout m_layout;
    QPersistentModelIndex m_hovered;
};

} // namespace reslens
