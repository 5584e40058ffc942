// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explain/account.h"

#include "ui/base/format.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace reslens {
namespace {

QString tr(const char *text)
{
    return AccountModel::tr(text);
}

std::vector<UnitTerm> largestFirst(const UnitStory &story)
{
    std::vector<UnitTerm> terms = story.explanation.terms;
    std::ranges::stable_sort(terms, std::greater(),
                             [](const UnitTerm &term) { return std::abs(term.product()); });
    return terms;
}

double productsOf(const UnitStory &story)
{
    return story.explanation.sum - double(story.explanation.bias);
}

QString branchName(const UnitStory &story, const BranchShare &share)
{
    return QString::fromStdString(story.model().description.nodes[std::size_t(share.node)].tensor);
}

/// "x 1.2 + bias (−0.3)": a part below zero keeps its sign, as it has it in the table.
QString added(const QString &sum, double value, const QString &what, int decimals)
{
    const QString number = formatFixed(value, decimals);
    if (sum.isEmpty())
        return QStringLiteral("%1 %2").arg(what, number);
    return QStringLiteral("%1 + %2 %3")
        .arg(sum, what, value < 0 ? QStringLiteral("(%1)").arg(number) : number);
}

} // namespace

std::vector<AccountLine> accountOf(const UnitStory &story, int most)
{
    std::vector<AccountLine> lines;
    double running = 0;
    const auto add = [&](const QString &what, const std::optional<UnitTerm> &term, double value) {
        running += value;
        lines.push_back({what, term, value, running});
    };
    if (story.shortcut)
        add(tr("x: what came into the block"), {}, *story.shortcut);
    const std::vector<UnitTerm> terms = largestFirst(story);
    const std::size_t shown = std::min(terms.size(), std::size_t(most));
    for (std::size_t i = 0; i < shown; ++i)
        add({}, terms[i], terms[i].product());
    double rest = 0;
    for (std::size_t i = shown; i < terms.size(); ++i)
        rest += terms[i].product();
    if (shown < terms.size())
        add(tr("the other %1 products together").arg(terms.size() - shown), {}, rest);
    add(tr("bias"), {}, double(story.explanation.bias));
    lines.push_back({story.shortcut ? tr("sum: x + s·F(x)") : tr("sum"), {}, running, running});
    if (story.relu) {
        const double value = std::max(0.0, running);
        lines.push_back({tr("ReLU: max(0, sum)"), {}, value, value});
    }
    return lines;
}

int decimalsOf(const UnitStory &story)
{
    double greatest = std::max(std::abs(story.sum()), std::abs(double(story.explanation.bias)));
    greatest = std::max(greatest, std::abs(story.shortcut.value_or(0)));
    for (const UnitTerm &term : story.explanation.terms)
        greatest = std::max(greatest, std::abs(term.product()));
    return greatest > 0 ? std::clamp(5 - int(std::floor(std::log10(greatest))), 0, 12) : 0;
}

QString sumInWords(const UnitStory &story)
{
    const int decimals = decimalsOf(story);
    if (story.isPooling())
        return (story.isMaximum() ? tr("The greatest of these %1 values: %2")
                                  : tr("The mean of these %1 values: %2"))
            .arg(story.explanation.terms.size())
            .arg(formatFixed(story.sum(), decimals));
    QString text;
    if (story.shortcut)
        text = added(text, *story.shortcut, QStringLiteral("x"), decimals);
    if (story.shares.empty())
        text =
            added(text, productsOf(story), tr("%1 products").arg(story.explanation.terms.size()), decimals);
    for (const BranchShare &share : story.shares)
        text = added(text, share.sum, branchName(story, share), decimals);
    text = added(text, double(story.explanation.bias), tr("bias"), decimals);
    text += QStringLiteral(" = %1").arg(formatFixed(story.sum(), decimals));
    if (story.relu)
        text += tr(" → ReLU → %1").arg(formatFixed(std::max(0.0, story.sum()), decimals));
    return text;
}

QString foldingInWords(const UnitStory &story)
{
    if (story.isMaximum())
        return tr("Max pooling keeps the greatest value under its window, in each channel by itself. The map "
                  "becomes smaller, and what was found counts wherever in the window it was.");
    if (story.isPooling())
        return tr("Average pooling takes the mean of the values under its window, in each channel by itself. "
                  "What hangs over the border does not count.");
    if (const std::optional<UnitNormalization> &folded = story.explanation.normalization)
        return tr("Batch normalization is folded in: w is the kernel's weight / √(σ² + ε), the bias is "
                  "β − μ / √(σ² + ε) = %1 − %2 / √(%3 + 0.001).")
            .arg(formatValue(double(folded->beta)),
                 folded->mean < 0 ? QStringLiteral("(%1)").arg(formatValue(double(folded->mean)))
                                  : formatValue(double(folded->mean)),
                 formatValue(double(folded->variance)));
    if (story.node().operation == Operation::Dense)
        return tr("w and the bias are those of the dense layer, one weight for each of its inputs.");
    return tr("The block's scale s = %1 is multiplied into weights and bias.")
        .arg(double(story.node().scale));
}

std::vector<Patch> patchesOf(const UnitStory &story, int most)
{
    const Region &window = story.window;
    std::map<int, Patch> byChannel;
    for (const UnitTerm &term : story.explanation.terms) {
        Patch &patch = byChannel[term.channel];
        patch.channel = term.channel;
        patch.cells.resize(std::size_t(window.height() * window.width()));
        const int cell = (term.y - window.top) * window.width() + term.x - window.left;
        patch.cells[std::size_t(cell)] = term;
        patch.sum += term.product();
    }
    std::vector<Patch> patches;
    for (auto &[channel, patch] : byChannel)
        patches.push_back(std::move(patch));
    std::ranges::stable_sort(patches, std::greater(), [](const Patch &patch) { return std::abs(patch.sum); });
    patches.resize(std::min(patches.size(), std::size_t(most)));
    return patches;
}

void AccountModel::setStory(const UnitStoryPtr &story, int most)
{
    beginResetModel();
    m_story = story;
    m_lines = story ? accountOf(*story, most) : std::vector<AccountLine>();
    endResetModel();
}

int AccountModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int AccountModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString AccountModel::text(const AccountLine &line, int column) const
{
    const int decimals = decimalsOf(*m_story);
    if (column == Product)
        return formatFixed(line.value, decimals);
    if (column == Sum)
        return formatFixed(line.running, decimals);
    if (!line.term)
        return column == Channel ? line.what : QString();
    switch (column) {
    case Channel:
        return QStringLiteral("ch%1").arg(line.term->channel);
    case Line:
        return QString::number(line.term->y);
    case Place:
        return QString::number(line.term->x);
    case Value:
        return formatFixed(double(line.term->value), decimals);
    default:
        return formatFixed(double(line.term->weight), decimals);
    }
}

QVariant AccountModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AccountLine &shown = line(index.row());
    if (role == Qt::DisplayRole)
        return text(shown, index.column());
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter |
                   (!shown.term && index.column() == Channel ? Qt::AlignLeft : Qt::AlignRight));
    return {};
}

QVariant AccountModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    static const char *const names[ColumnCount]{
        QT_TR_NOOP("channel"), QT_TR_NOOP("row"),   QT_TR_NOOP("column"),     QT_TR_NOOP("x"),
        QT_TR_NOOP("w"),       QT_TR_NOOP("x · w"), QT_TR_NOOP("running sum")};
    return tr(names[section]);
}

} // namespace reslens
