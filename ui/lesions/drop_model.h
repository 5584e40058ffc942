// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/lesion_study.h"

#include <QAbstractTableModel>

namespace reslens {

/// The residual blocks, a row each: by how much the explained logit falls when the block is off, beside what
/// the direct path says that it adds.
class DropModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Block,
        Drop,
        Attribution,
        ColumnCount
    };

    explicit DropModel(const LesionStudy &study, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    /// Qt::EditRole gives numbers in the order of which rows can be sorted; Block has its position.
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void refresh();

    const LesionStudy &m_study;
    std::vector<LesionStudy::Block> m_blocks;
};

} // namespace reslens
