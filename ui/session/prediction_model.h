// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/results.h"

#include <QAbstractTableModel>
#include <optional>

namespace reslens {

/// The most probable classes of the current picture, one a row. Qt::DisplayRole is for reading, Qt::EditRole
/// the value.
class PredictionModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Rank,
        Name,
        Probability,
        Logit,
        WordNetId,
        ColumnCount
    };
    enum Role
    {
        BeforeRole = Qt::UserRole ///< the probability that the class had before; none without a comparison
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null empties the model. What is said of a class is compared with what `before` says of it, if given.
    void setAnswer(const AnswerPtr &answer, const AnswerPtr &before = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// Where a class stands; -1 if it is not among the most probable ones.
    int rowOf(int classIndex) const;

    /// The rows as text, a class a line: what "copy" puts on the clipboard.
    QString text() const;

private:
    QVariant value(int row, int column) const;
    QString display(int row, int column) const;
    QString detail(int row) const;

    std::optional<double> before(int row) const;

    AnswerPtr m_answer;
    AnswerPtr m_before;
};

} // namespace reslens
