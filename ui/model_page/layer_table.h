// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/results.h"

#include <QAbstractTableModel>
#include <array>

namespace reslens {

/// The blocks of a network: what they put out, what they cost and how wide their layers are. One a row, or
/// those of a stage that are alike in one: "block35 × 10", with what they cost together.
class LayerTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Name,
        Output, ///< height × width × channels
        Widths, ///< filters of its layers, in execution order
        Parameters,
        GigaFlops,
        ColumnCount
    };

    enum Role
    {
        BlockRole = Qt::UserRole ///< QString: the block, the first one where there are several
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null empties the table.
    void setModel(const ModelSummaryPtr &model);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        std::array<QString, ColumnCount> cells;
        QString layers; ///< with their names, a line each
        QString block;
    };

    std::vector<Row> m_rows;
};

} // namespace reslens
