// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

class QStyledItemDelegate;

namespace reslens {

/// Tiles in a grid that fills the width, or lines with a bar, where channels are single values. Arrow keys
/// walk through it, line by line at the edges.
class GalleryView : public QListView
{
    Q_OBJECT

public:
    static constexpr int LeastTile = 32;
    static constexpr int LargestTile = 320;

    explicit GalleryView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    /// The least side of a tile; tiles grow to fill the line, and, up to twice the size, the page if it has
    /// room for them all.
    void setTileSize(int side);
    /// Lines in place of tiles.
    void setShowsValues(bool values);
    /// Shown as long as there are no tiles.
    void setPlaceholder(const QString &text);

signals:
    /// The user asked for a copy of what is selected.
    void copyRequested();
    /// What is selected is being dragged out of the window.
    void dragStarted();

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index,
                                                         const QEvent *event) const override;
    void startDrag(Qt::DropActions actions) override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    /// How many columns give the largest tiles, if so many columns are possible.
    int columnsFor(int room, int most) const;
    /// Of columns of this width.
    QSize cellOf(int width) const;

    QStyledItemDelegate *m_tiles;
    QStyledItemDelegate *m_lines;
    int m_tile = 96;
    int m_columns = 1;
    QString m_placeholder;
};

} // namespace reslens
