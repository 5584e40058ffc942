// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/network/network_strip.h"

#include "ui/network/block_delegate.h"
#include "ui/session/block_model.h"
#include "ui/theme/appearance.h"
#include "ui/widgets/focus_ring.h"

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
    new FocusRing(this);
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

    const QFontMetrics small(sizeFont());
    StripMetrics metrics;
    metrics.captionHeight = fontMetrics().height() + small.height() + 4;
    metrics.gap = std::max(Grid, fontMetrics().height() / 2);
    metrics.barHeight = std::max(4, fontMetrics().height() / 4);
    for (int row = 0; row < stages.size(); ++row)
        metrics.captionWidths.push_back(
            std::max(fontMetrics().horizontalAdvance(stages[row]), small.horizontalAdvance(sizeOf(row))));
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
    if (const QModelIndex index = indexAt(rect.center()); index.isValid())
        selectionModel()->select(index, command);
}

QItemSelectionModel::SelectionFlags NetworkStrip::selectionCommand(const QModelIndex &index,
                                                                   const QEvent *event) const
{
    // One block is selected at any time, also after a click beside the tiles.
    return index.isValid() ? QListView::selectionCommand(index, event) : QItemSelectionModel::NoUpdate;
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
    // One block is selected at a time: there is nothing to draw a rubber band around.
    if (!(event->buttons() & Qt::LeftButton))
        QListView::mouseMoveEvent(event);
    setHovered(indexAt(event->position().toPoint()));
}

void NetworkStrip::leaveEvent(QEvent *event)
{
    QListView::leaveEvent(event);
    setHovered({});
}

QFont NetworkStrip::sizeFont() const
{
    QFont small = font();
    small.setPointSizeF(0.82 * small.pointSizeF());
    return small;
}

QString NetworkStrip::sizeOf(int row) const
{
    return blocks()->size(row).replace(QStringLiteral(" × "), QStringLiteral("×"));
}

const BlockModel *NetworkStrip::blocks() const
{
    return static_cast<const BlockModel *>(model());
}

void NetworkStrip::paintCaptions(QPainter &painter) const
{
    const auto draw = [&painter](const QRect &rect, const QString &text) {
        painter.drawText(rect, Qt::AlignLeft | Qt::AlignTop,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
    };
    for (const StripLayout::Caption &caption : m_layout.captions) {
        const QRect rect = caption.rect.translated(FrameRoom, FrameRoom);
        painter.setFont(font());
        painter.setPen(palette().color(QPalette::WindowText));
        draw(rect, caption.text);
        painter.setFont(sizeFont());
        painter.setPen(quietText(palette()));
        draw(rect.adjusted(0, fontMetrics().height(), 0, 0), sizeOf(caption.first));
    }
}

void NetworkStrip::paintArrows(QPainter &painter) const
{
    const double head = 0.12 * fontMetrics().height() + 1;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(FrameRoom, FrameRoom);
    painter.setPen(QPen(faint(palette(), 0.4), std::max(1.0, fontMetrics().height() / 20.0)));
    for (const QPolygon &arrow : m_layout.arrows) {
        // The head stays clear of the frame around a selected tile.
        const QPointF tip(arrow.last().x() - 2.5, arrow.last().y() + 0.5);
        QPolygonF line(arrow);
        line.translate(0.5, 0.5);
        line.last() = tip;
        painter.drawPolyline(line);
        painter.drawPolyline(QPolygonF{tip - QPointF(head, head), tip, tip - QPointF(head, -head)});
    }
    painter.restore();
}

void NetworkStrip::paintBars(QPainter &painter) const
{
    for (int row = 0; row < int(m_layout.bars.size()); ++row) {
        if (!blocks()->block(row).residual)
            continue;
        const QRectF track = m_layout.bars[std::size_t(row)].translated(FrameRoom, FrameRoom);
        painter.fillRect(track, faint(palette(), 0.09));
        if (const std::optional<double> share = blocks()->energy(row)) {
            QRectF bar = track;
            bar.setWidth(std::max(1.0, track.width() * *share / blocks()->energyScale()));
            painter.fillRect(bar, palette().color(QPalette::Highlight));
        }
    }
}

void NetworkStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    if (!model())
        return;
    paintCaptions(painter);
    paintArrows(painter);
    paintBars(painter);
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    for (int row = 0; row < model()->rowCount(); ++row) {
        const QModelIndex index = model()->index(row, 0);
        option.rect = visualRect(index);
        option.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
        option.state.setFlag(QStyle::State_MouseOver, index == m_hovered);
        itemDelegate()->paint(&painter, option, index);
    }
}

} // namespace reslens
