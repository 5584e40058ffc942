// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/gallery_view.h"

#include "ui/maps/channel_delegate.h"
#include "ui/maps/value_delegate.h"
#include "ui/theme/appearance.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

namespace reslens {
namespace {

/// What a cell takes beside its tile.
constexpr int Frame = 2 * ChannelDelegate::Inset;

} // namespace

GalleryView::GalleryView(QWidget *parent)
    : QListView(parent), m_tiles(new ChannelDelegate(this)), m_lines(new ValueDelegate(this))
{
    setItemDelegate(m_tiles);
    setViewMode(IconMode);
    setMovement(Static);
    setResizeMode(Adjust);
    setUniformItemSizes(true);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setDragEnabled(true);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("Channels"));
}

void GalleryView::setModel(QAbstractItemModel *model)
{
    QListView::setModel(model);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(model, signal, this, &GalleryView::arrange);
    connect(model, &QAbstractItemModel::modelReset, this, &GalleryView::arrange);
    arrange();
}

void GalleryView::setTileSize(int side)
{
    m_tile = std::clamp(side, LeastTile, LargestTile);
    arrange();
}

void GalleryView::setShowsValues(bool values)
{
    QStyledItemDelegate *const wanted = values ? m_lines : m_tiles;
    if (itemDelegate() == wanted)
        return;
    setItemDelegate(wanted);
    arrange();
}

void GalleryView::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    viewport()->update();
}

void GalleryView::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (!model() || model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(quietText(palette()));
    painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
}

void GalleryView::arrange()
{
    // The same whether or not the scroll bar is there, so that its coming does not change what it is for.
    const int room = maximumViewportSize().width() - verticalScrollBar()->sizeHint().width();
    if (itemDelegate() == m_lines) {
        m_columns = 1;
        setGridSize({room, ValueDelegate::lineHeight(font())});
        verticalScrollBar()->setSingleStep(3 * gridSize().height());
        return;
    }
    m_columns = columnsFor(room, std::max(1, room / (m_tile + Frame)));
    const QSize cell = cellOf(std::max(room / m_columns, LeastTile + Frame));
    setIconSize({cell.width() - Frame, cell.width() - Frame});
    setGridSize(cell);
    verticalScrollBar()->setSingleStep(gridSize().height() / 3);
}

int GalleryView::columnsFor(int room, int most) const
{
    const int count = model() ? model()->rowCount() : 0;
    for (int columns = 1; columns < most; ++columns) {
        const QSize cell = cellOf(room / columns);
        const int lines = (count + columns - 1) / columns;
        if (cell.width() - Frame <= 2 * m_tile && lines * cell.height() <= maximumViewportSize().height())
            return columns;
    }
    return most;
}

QSize GalleryView::cellOf(int width) const
{
    const int tile = width - Frame;
    return {width, width + ChannelDelegate::captionHeight(font(), tile) + Grid / 2};
}

QModelIndex GalleryView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const int count = model() ? model()->rowCount() : 0;
    if (count == 0)
        return {};
    const int row = std::max(0, currentIndex().row());
    const int page = m_columns * std::max(1, viewport()->height() / gridSize().height());
    const auto to = [&](int target) { return model()->index(std::clamp(target, 0, count - 1), 0); };
    // Up and down stay in their column.
    const auto vertical = [&](int by) {
        int target = row + by;
        while (target < 0)
            target += m_columns;
        while (target >= count)
            target -= m_columns;
        return model()->index(target < 0 ? row : target, 0);
    };
    switch (action) {
    case MoveLeft:
    case MovePrevious:
        return to(row - 1);
    case MoveRight:
    case MoveNext:
        return to(row + 1);
    case MoveUp:
        return vertical(-m_columns);
    case MoveDown:
        return vertical(m_columns);
    case MovePageUp:
        return vertical(-page);
    case MovePageDown:
        return vertical(page);
    case MoveHome:
        return to(0);
    case MoveEnd:
        return to(count - 1);
    }
    return {};
}

QItemSelectionModel::SelectionFlags GalleryView::selectionCommand(const QModelIndex &index,
                                                                  const QEvent *event) const
{
    // A click beside the tiles takes nothing away; a rubber band from there still selects.
    const bool isClick =
        event && (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonRelease);
    return isClick && !index.isValid() ? QItemSelectionModel::NoUpdate
                                       : QListView::selectionCommand(index, event);
}

void GalleryView::startDrag(Qt::DropActions)
{
    emit dragStarted();
}

bool GalleryView::event(QEvent *event)
{
    // The window has a shortcut of its own for this key.
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
        event->accept();
        return true;
    }
    return QListView::event(event);
}

void GalleryView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        emit copyRequested();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
        emit activated(currentIndex());
    else if (event->modifiers() & Qt::AltModifier)
        event->ignore();
    else
        QListView::keyPressEvent(event);
}

void GalleryView::resizeEvent(QResizeEvent *event)
{
    arrange();
    QListView::resizeEvent(event);
}

void GalleryView::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        arrange();
}

} // namespace reslens
