// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/quiet_table.h"

#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/widgets/quiet_header.h"

#include <QCoreApplication>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>

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

} // namespace

QTableView *quietTable(QAbstractItemModel *model, const QString &accessibleName, int stretched)
{
    auto *table = new QTableView;
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
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + Grid);
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
