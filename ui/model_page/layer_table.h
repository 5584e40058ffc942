// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/results.h"

#include <QAbstractTableModel>

namespace reslens {

/// The blocks of a network, one a row: what they put out and how wide their layers are.
class LayerTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Name,
        Output, ///< height × width × channels
        Widths, ///< filters of its layers, in execution order
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
    QString text(int row, int column) const;
    QString layers(int row, const QString &separator, bool named) const;

    ModelSummaryPtr m_model;
};

} // namespace reslens
