// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saliency/contribution_model.h"

#include "ui/base/format.h"

#include <algorithm>

namespace reslens {

void ContributionModel::setExplanation(const ExplanationPtr &explanation)
{
    if (explanation == m_explanation)
        return;
    beginResetModel();
    m_explanation = explanation;
    endResetModel();
}

int ContributionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_explanation ? 0 : int(m_explanation->result.scores.size());
}

/// The most that any block has.
int ContributionModel::branchCount() const
{
    int most = 0;
    for (int row = 0; row < rowCount(); ++row)
        most = std::max(most, int(m_explanation->result.scores[std::size_t(row)].branches.size()));
    return most;
}

int ContributionModel::columnCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    const int branches = branchCount();
    return branches > 0 ? FirstBranch + branches + 1 : int(FirstBranch);
}

std::optional<double> ContributionModel::value(int row, int column) const
{
    const BlockContribution &score = m_explanation->result.scores[std::size_t(row)];
    if (column == Score)
        return score.total;
    if (column == FirstBranch + branchCount())
        return score.bias;
    const auto branch = std::size_t(column - FirstBranch);
    return branch < score.branches.size() ? std::optional(score.branches[branch]) : std::nullopt;
}

QVariant ContributionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((index.column() == Block ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::EditRole)
        return {};
    if (index.column() == Block)
        return QString::fromStdString(m_explanation->result.scores[std::size_t(index.row())].block);
    const std::optional<double> number = value(index.row(), index.column());
    if (!number)
        return {};
    return role == Qt::EditRole ? QVariant(*number) : QVariant(formatFixed(*number, 4));
}

QVariant ContributionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Block ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    if (section < FirstBranch)
        return section == Block ? tr("Block") : tr("Score");
    const int branch = section - FirstBranch;
    return branch < branchCount() ? tr("Branch %1").arg(branch) : tr("Bias");
}

} // namespace reslens
