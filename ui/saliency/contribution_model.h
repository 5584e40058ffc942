// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/explanation.h"

#include <QAbstractTableModel>

namespace reslens {

/// The residual blocks' scores, a block a row, with their branches and biases where the method gives them.
class ContributionModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Block,
        Score,
        FirstBranch ///< the others follow, then the bias
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null empties the model.
    void setExplanation(const ExplanationPtr &explanation);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    int branchCount() const;
    std::optional<double> value(int row, int column) const;

    ExplanationPtr m_explanation;
};

} // namespace reslens
