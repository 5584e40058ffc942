// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/results.h"

#include <QAbstractTableModel>

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

    using QAbstractTableModel::QAbstractTableModel;

    /// Null empties the model.
    void setAnswer(const AnswerPtr &answer);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// The rows as text, a class a line: what "copy" puts on the clipboard.
    QString text() const;

private:
    QVariant value(int row, int column) const;
    QString display(int row, int column) const;
    QString detail(int row) const;

    AnswerPtr m_answer;
};

} // namespace reslens
