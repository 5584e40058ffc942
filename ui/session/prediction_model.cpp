// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/prediction_model.h"

#include "engine/prediction.h"
#include "engine/report.h"
#include "ui/base/format.h"

namespace reslens {
namespace {

int alignmentOf(int column)
{
    const bool number = column != PredictionModel::Name && column != PredictionModel::WordNetId;
    return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

void PredictionModel::setAnswer(const AnswerPtr &answer, const AnswerPtr &before)
{
    beginResetModel();
    m_answer = answer;
    m_before = before;
    endResetModel();
}

int PredictionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_answer ? 0 : int(m_answer->top.size());
}

int PredictionModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

int PredictionModel::rowOf(int classIndex) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (m_answer->top[std::size_t(row)].classIndex == classIndex)
            return row;
    return -1;
}

QVariant PredictionModel::value(int row, int column) const
{
    const Prediction &prediction = m_answer->top[std::size_t(row)];
    const ClassLabel &label = m_answer->label(std::size_t(row));
    switch (column) {
    case Rank:
        return row + 1;
    case Name:
        return readableName(label.name);
    case Probability:
        return prediction.probability;
    case Logit:
        return prediction.logit;
    case WordNetId:
        return QString::fromStdString(label.wnid);
    default:
        return {};
    }
}

QString PredictionModel::display(int row, int column) const
{
    const QVariant cell = value(row, column);
    if (column == Probability) {
        const std::optional<double> was = before(row);
        return was ? formatChange(*was, cell.toDouble()) : formatPercent(cell.toDouble());
    }
    return column == Logit ? formatValue(cell.toDouble()) : cell.toString();
}

std::optional<double> PredictionModel::before(int row) const
{
    if (!m_before)
        return {};
    return double(m_before->probabilities[std::size_t(m_answer->top[std::size_t(row)].classIndex)]);
}

QString PredictionModel::detail(int row) const
{
    QString text =
        tr("%1\nprobability %2 · logit %3")
            .arg(display(row, Name), formatPercent(value(row, Probability).toDouble()), display(row, Logit));
    if (const QString id = display(row, WordNetId); !id.isEmpty())
        text += tr("\nWordNet id %1").arg(id);
    if (const std::optional<double> was = before(row))
        text += tr("\nwithout lesions, the outline: %1").arg(formatPercent(*was));
    return text;
}

QVariant PredictionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return display(index.row(), index.column());
    case Qt::EditRole:
        return value(index.row(), index.column());
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    case Qt::ToolTipRole:
        return detail(index.row());
    case BeforeRole: {
        const std::optional<double> was = before(index.row());
        return was ? QVariant(*was) : QVariant();
    }
    default:
        return {};
    }
}

QVariant PredictionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Rank:
        return tr("#");
    case Name:
        return tr("Class");
    case Probability:
        return tr("Probability");
    case Logit:
        return tr("Logit");
    case WordNetId:
        return tr("WordNet id");
    default:
        return {};
    }
}

QString PredictionModel::text() const
{
    return m_answer ? QString::fromStdString(formatPredictions(m_answer->top, m_answer->model->info.classes))
                    : QString();
}

} // namespace reslens
