// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/lesions/lens_view.h"

#include <QAbstractTableModel>

namespace reslens {

/// The table behind the lens: a block a row, a class a column.
class LensModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Block,
        Calibrated,
        FirstClass
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setView(const LensView &view);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    LensView m_view;
};

} // namespace reslens
