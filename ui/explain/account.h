// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/unit_story.h"

#include <QAbstractTableModel>
#include <QString>
#include <vector>

namespace reslens {

/// One line of a unit's account.
struct AccountLine
{
    QString what;                 ///< empty for a product
    std::optional<UnitTerm> term; ///< of a product
    double value = 0;             ///< what the line adds; of the last lines, what has come of it
    double running = 0;           ///< the sum down to this line
};

/// A unit's value line by line: what is added to, the largest products first, the rest of them in one line,
/// the bias, the sum, and the ReLU. `most`: how many products have a line of their own.
std::vector<AccountLine> accountOf(const UnitStory &story, int most);

/// The value in a few words, with the story's numbers: "288 products 0.3 + bias (−0.1) = 0.2", "The greatest
/// of these 9 values: 1.3".
QString sumInWords(const UnitStory &story);

/// Where the bias and the weights come from: the batch normalization folded into them, or the block's scale.
/// What a pooling does.
QString foldingInWords(const UnitStory &story);

/// How many decimals show the numbers of an account with six significant digits of the largest: the same for
/// all, so that they visibly add up.
int decimalsOf(const UnitStory &story);

/// The window's values on one input channel, the weights there, and what they add.
struct Patch
{
    int channel = 0;
    std::vector<std::optional<UnitTerm>>
        cells; ///< row by row; nothing where the window hangs over the border
    double sum = 0;
};

/// The input channels that add most, in either direction, the greatest first.
std::vector<Patch> patchesOf(const UnitStory &story, int most);

/// An account as a table.
class AccountModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Channel,
        Line,
        Place,
        Value,
        Weight,
        Product,
        Sum,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null for an empty table. `most`: how many products have a line of their own.
    void setStory(const UnitStoryPtr &story, int most);
    /// Lines that an account takes beside those of its products.
    static constexpr int OtherLines = 5;
    const AccountLine &line(int row) const { return m_lines[std::size_t(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const AccountLine &line, int column) const;

    UnitStoryPtr m_story;
    std::vector<AccountLine> m_lines;
};

} // namespace reslens
