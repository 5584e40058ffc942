// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/results.h"

#include <QAbstractTableModel>

namespace reslens {

/// The classes of a network, one a row, by their index.
class ClassTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Index,
        Name,
        WordNetId,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null empties the table.
    void setModel(const ModelSummaryPtr &model);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    ModelSummaryPtr m_model;
};

} // namespace reslens
