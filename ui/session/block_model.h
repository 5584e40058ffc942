// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/results.h"

#include <QAbstractListModel>
#include <optional>

namespace reslens {

/// The blocks of the loaded network in execution order, each with what it computed for the current picture
/// once it has. A row is a position in Description::blocks: after the blocks with a map, which are those of
/// ModelSummary::blocks, comes "predictions", if the network has it.
class BlockModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role
    {
        StageRole = Qt::UserRole, ///< QString: "block35" for "block35_3", otherwise the block's name
        DoneRole,                 ///< bool: the block has been computed for the current picture
        TopRole                   ///< QList<float>: of "predictions", the greatest probabilities, falling
    };

    using QAbstractListModel::QAbstractListModel;

    /// The blocks of another network, none of them computed.
    void setModel(const ModelSummaryPtr &model);
    /// A new picture: nothing is computed any more.
    void clearResults();
    /// Ignored if the network has no such block.
    void setResult(const BlockSummaryPtr &result);
    /// What "predictions" has computed.
    void setAnswer(const AnswerPtr &answer);

    /// The mean of ‖s·F(x)‖/‖x‖ over the positions of each residual block, by position in
    /// ModelSummary::blocks; nothing for the others, and where it could not be had. clearResults() forgets
    /// them.
    void setEnergies(const std::vector<std::optional<double>> &energies);
    bool hasEnergies() const { return !m_energies.empty(); }
    /// Nothing as long as it is not known, and for blocks without a residual branch.
    std::optional<double> energy(int row) const;
    /// The end of the scale that all blocks' energies are drawn on: a round number.
    double energyScale() const;

    /// The middle residual block of the longest stage; empty if there is none.
    QString middleBlock() const;

    ModelSummaryPtr model() const { return m_model; }
    int doneCount() const { return m_done; }
    const ModelSummary::BlockEntry &block(int row) const { return m_entries[std::size_t(row)]; }
    /// "15 × 15 × 80", "202 classes"
    QString size(int row) const;
    /// Null as long as the block has not been computed, and for "predictions".
    BlockSummaryPtr result(int row) const { return m_results[std::size_t(row)]; }
    /// Null except for "predictions", once it has been computed.
    AnswerPtr answer(int row) const { return hasMap(row) ? nullptr : m_answer; }
    /// All blocks but "predictions".
    bool hasMap(int row) const { return row < int(m_model->blocks.size()); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QString description(int row) const;
    bool isDone(int row) const { return result(row) || answer(row); }

    ModelSummaryPtr m_model;
    std::vector<ModelSummary::BlockEntry> m_entries;
    std::vector<BlockSummaryPtr> m_results; ///< one a row
    AnswerPtr m_answer;
    std::vector<std::optional<double>> m_energies; ///< empty as long as they are not known
    int m_done = 0;
};

/// The engine's stageOf(): "block35" for "block35_3".
QString stageOf(const QString &block);

} // namespace reslens
