// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/block_model.h"

#include "engine/description.h"
#include "engine/prediction.h"
#include "ui/base/format.h"

#include <algorithm>
#include <cmath>

namespace reslens {
namespace {

/// The next of 1, 2 and 5 times a power of ten.
double roundUp(double value)
{
    const double power = std::pow(10, std::floor(std::log10(std::max(value, 1e-6))));
    for (const double digit : {1.0, 2.0, 5.0})
        if (value <= digit * power)
            return digit * power;
    return 10 * power;
}

QVariant top(const AnswerPtr &answer)
{
    if (!answer)
        return {};
    QList<float> probabilities;
    for (const Prediction &prediction : answer->top)
        probabilities << prediction.probability;
    return QVariant::fromValue(probabilities);
}

} // namespace

QString stageOf(const QString &block)
{
    return QString::fromStdString(stageOf(block.toStdString()));
}

void BlockModel::setModel(const ModelSummaryPtr &model)
{
    beginResetModel();
    m_model = model;
    m_entries.clear();
    if (model)
        m_entries = model->blocks;
    if (model && model->hasTop())
        m_entries.push_back({QStringLiteral("predictions"), {1, 1, int(model->info.classes.size())}});
    m_results.assign(m_entries.size(), nullptr);
    m_answer = nullptr;
    m_energies.clear();
    m_done = 0;
    endResetModel();
}

void BlockModel::clearResults()
{
    if (m_done == 0)
        return;
    m_results.assign(m_results.size(), nullptr);
    m_answer = nullptr;
    m_energies.clear();
    m_done = 0;
    emit dataChanged(index(0), index(rowCount() - 1));
}

void BlockModel::setResult(const BlockSummaryPtr &result)
{
    const auto row = std::size_t(result->index);
    if (row >= m_results.size())
        return;
    m_done += m_results[row] ? 0 : 1;
    m_results[row] = result;
    emit dataChanged(index(result->index), index(result->index));
}

void BlockModel::setAnswer(const AnswerPtr &answer)
{
    const int last = rowCount() - 1;
    if (last < 0 || hasMap(last))
        return;
    m_done += m_answer ? 0 : 1;
    m_answer = answer;
    emit dataChanged(index(last), index(last));
}

void BlockModel::setEnergies(const std::vector<std::optional<double>> &energies)
{
    m_energies = energies;
    if (rowCount() > 0)
        emit dataChanged(index(0), index(rowCount() - 1));
}

std::optional<double> BlockModel::energy(int row) const
{
    const auto at = std::size_t(row);
    return at < m_energies.size() ? m_energies[at] : std::nullopt;
}

double BlockModel::energyScale() const
{
    const auto greatest = std::ranges::max_element(m_energies);
    return greatest == m_energies.end() || !*greatest ? 1 : roundUp(**greatest);
}

QString BlockModel::middleBlock() const
{
    std::size_t first = 0, longest = 0;
    for (std::size_t from = 0, to = 0; from < m_entries.size(); from = to) {
        const QString stage = stageOf(m_entries[from].name);
        for (to = from; to < m_entries.size() && stageOf(m_entries[to].name) == stage;)
            ++to;
        if (m_entries[from].residual && to - from > longest) {
            first = from;
            longest = to - from;
        }
    }
    return longest > 0 ? m_entries[first + (longest - 1) / 2].name : QString();
}

int BlockModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_results.size());
}

QString BlockModel::size(int row) const
{
    const Shape &shape = block(row).shape;
    return hasMap(row) ? formatShape(shape) : tr("%1 classes").arg(shape.channels);
}

QString BlockModel::description(int row) const
{
    QString text = QStringLiteral("%1\n%2").arg(block(row).name, size(row));
    if (const AnswerPtr predicted = answer(row))
        for (std::size_t i = 0; i < predicted->top.size(); ++i)
            text += QStringLiteral("\n%1 %2").arg(readableName(predicted->label(i).name),
                                                  formatPercent(double(predicted->top[i].probability)));
    if (const BlockSummaryPtr summary = result(row)) {
        const Statistics &figures = summary->statistics;
        text += tr("\nmean %1 · max %2 · zeros %3")
                    .arg(formatValue(figures.mean), formatValue(figures.maximum),
                         formatPercent(figures.shareOfZeros));
    }
    if (const std::optional<double> share = energy(row))
        text += tr("\n‖s·F(x)‖ / ‖x‖ %1").arg(formatValue(*share));
    return text;
}

QVariant BlockModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const BlockSummaryPtr summary = result(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return block(index.row()).name;
    case Qt::DecorationRole:
        return summary ? QVariant(summary->thumbnail) : QVariant();
    case Qt::ToolTipRole:
        return description(index.row());
    case Qt::AccessibleTextRole:
        return isDone(index.row()) ? description(index.row()).replace(u'\n', QStringLiteral(", "))
                                   : tr("%1, not computed yet").arg(block(index.row()).name);
    case StageRole:
        return stageOf(block(index.row()).name);
    case DoneRole:
        return isDone(index.row());
    case TopRole:
        return top(answer(index.row()));
    default:
        return {};
    }
}

} // namespace reslens
