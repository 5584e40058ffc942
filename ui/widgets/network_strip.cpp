// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/network_strip.h"

#include "ui/models/block_model.h"
#include "ui/theme/appearance.h"
#include "ui/widgets/block_delegate.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

namespace reslens {
NetworkStrip::NetworkStrip(QWidget *parent) : QListView(parent)
{
    setItemDelegate(new BlockDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("Blocks of the network"));
}

QRect NetworkStrip::visualRect(const QModelIndex &index) const
{
    const auto row = std::size_t(index.row());
    return index.isValid() && row < m_layout.tiles.size()
               ? m_layout.tiles[row].translated(FrameRoom, FrameRoom)
               : QRect();
}

QModelIndex NetworkStrip::indexAt(const QPoint &point) const
{
    for (std::size_t row = 0; row < m_layout.tiles.size(); ++row)
        if (m_layout.tiles[row].translated(FrameRoom, FrameRoom).adjusted(-2, -2, 2, 2).contains(point))
            return model()->index(int(row), 0);
    return {};
}

void NetworkStrip::scrollTo(const QModelIndex &, ScrollHint)
{
    // Everything is always in view.
}

StripLayout NetworkStrip::arrange(QSize size) const
{
    QStringList stages;
    for (int row = 0; model() && row < model()->rowCount(); ++row)
        stages << model()->index(row, 0).data(BlockModel::StageRole).toString();

    StripMetrics metrics;
    metrics.captionHeight = fontMetrics().height() + 4;
    metrics.gap = Grid;
    for (const QString &stage : stages)
        if (stages.count(stage) == 1)
            metrics.singleWidth = std::max(metrics.singleWidth, fontMetrics().horizontalAdvance(stage));
    return layOutStrip(stages, size - 2 * QSize(FrameRoom, FrameRoom), metrics);
}

int NetworkStrip::heightFor(int width, int most) const
{
    return arrange({width, most}).size.height() + 2 * FrameRoom;
}

void NetworkStrip::doItemsLayout()
{
    QListView::doItemsLayout();
    m_layout = arrange(viewport()->size());
    viewport()->update();
}

void NetworkStrip::updateGeometries()
{
    horizontalScrollBar()->setRange(0, 0);
    verticalScrollBar()->setRange(0, 0);
}

void NetworkStrip::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    doItemsLayout();
}

void NetworkStrip::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    selectionModel()->select(indexAt(rect.center()), command);
}

QRegion NetworkStrip::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const QModelIndex &index : selection.indexes())
        region += visualRect(index).adjusted(-FrameRoom, -FrameRoom, FrameRoom, FrameRoom);
    return region;
}

void NetworkStrip::step(int by)
{
    if (!model() || model()->rowCount() == 0)
        return;
    const int row = currentIndex().isValid() ? currentIndex().row() + by : 0;
    setCurrentIndex(model()->index(std::clamp(row, 0, model()->rowCount() - 1), 0));
}

void NetworkStrip::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Home:
        step(-model()->rowCount());
        return;
    case Qt::Key_End:
        step(model()->rowCount());
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (currentIndex().isValid())
            emit activated(currentIndex());
        return;
    default:
        // Arrows and Space mean the same in the whole window, which handles what is ignored here.
        event->ignore();
    }
}

void NetworkStrip::setHovered(const QModelIndex &index)
{
    if (index == m_hovered)
        return;
    m_hovered = index;
    viewport()->update();
}

void NetworkStrip::mouseMoveEvent(QMouseEvent *event)
{
    QListView::mouseMoveEvent(event);
    setHovered(indexAt(event->position().toPoint()));
}

void NetworkStrip::leaveEvent(QEvent *event)
{
    QListView::leaveEvent(event);
    setHovered({});
}

void NetworkStrip::paintCaptions(QPainter &painter) const
{
    painter.setPen(quietText(palette()));
    for (const StripLayout::Caption &caption : m_layout.captions)
        painter.drawText(caption.rect.translated(FrameRoom, FrameRoom), Qt::AlignLeft | Qt::AlignTop,
                         caption.text);
}

void NetworkStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    paintCaptions(painter);
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    for (int row = 0; model() && row < model()->rowCount(); ++row) {
        const QModelIndex index = model()->index(row, 0);
        option.rect = visualRect(index);
        option.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
        option.state.setFlag(QStyle::State_MouseOver, index == m_hovered);
        itemDelegate()->paint(&painter, option, index);
    }
}

} // namespace reslens
