// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAbstractItemModel;
class QTableView;
class QToolButton;

namespace reslens {

/// The table behind a chart: rows of text on the window itself, without frames and grids. Ctrl+C copies the
/// selected rows. `stretched` is the column that takes the room that the others leave; -1 for none.
QTableView *quietTable(QAbstractItemModel *model, const QString &accessibleName, int stretched = -1);

/// A button, checked while the table is shown in the place of its chart.
QToolButton *tableButton();

} // namespace reslens
