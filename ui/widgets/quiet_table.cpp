// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/quiet_table.h"

#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/widgets/copying.h"
#include "ui/widgets/quiet_header.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <algorithm>

namespace reslens {
namespace {

/// Without lines between them, columns need some room.
class RoomyDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(2 * Grid, 0);
    }
};

/// Copies whole rows, and keeps their height in proportion to the type.
class QuietTable : public QTableView
{
public:
    QuietTable() { fitRows(); }

protected:
    bool event(QEvent *event) override
    {
        // The window has a shortcut of its own for this key.
        if (event->type() == QEvent::ShortcutOverride && copies(*static_cast<QKeyEvent *>(event))) {
            event->accept();
            return true;
        }
        return QTableView::event(event);
    }

    void keyPressEvent(QKeyEvent *event) override
    {
        if (copies(*event))
            copyRows();
        else
            QTableView::keyPressEvent(event);
    }

    void changeEvent(QEvent *event) override
    {
        QTableView::changeEvent(event);
        if (event->type() == QEvent::FontChange)
            fitRows();
    }

private:
    void fitRows() { verticalHeader()->setDefaultSectionSize(fontMetrics().height() + Grid); }

    bool copies(const QKeyEvent &event) const
    {
        return event.matches(QKeySequence::Copy) && selectionModel()->hasSelection();
    }

    void copyRows()
    {
        QModelIndexList rows = selectionModel()->selectedRows();
        std::sort(rows.begin(), rows.end());
        QStringList lines;
        for (const QModelIndex &row : std::as_const(rows)) {
            QStringList cells;
            for (int column = 0; column < model()->columnCount(); ++column)
                cells << row.siblingAtColumn(column).data().toString();
            lines << cells.join(u'\t');
        }
        copyText(this, lines.join(u'\n'),
                 rows.size() == 1 ? QCoreApplication::translate("quietTable", "Row copied")
                                  : QCoreApplication::translate("quietTable", "Rows copied"));
    }
};

} // namespace

QTableView *quietTable(QAbstractItemModel *model, const QString &accessibleName, int stretched)
{
    auto *table = new QuietTable;
    table->setHorizontalHeader(new QuietHeader);
    table->setModel(model);
    table->setItemDelegate(new RoomyDelegate(table));
    table->viewport()->setAutoFillBackground(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    if (stretched >= 0)
        table->horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    table->setAccessibleName(accessibleName);
    return table;
}

QToolButton *tableButton()
{
    auto *button = new QToolButton;
    button->setIcon(themedIcon(QStringLiteral("table")));
    button->setText(QCoreApplication::translate("quietTable", "Table"));
    button->setCheckable(true);
    button->setAutoRaise(true);
    return button;
}

} // namespace reslens
