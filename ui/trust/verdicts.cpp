// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trust/verdicts.h"

#include "ui/base/format.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace reslens {
namespace {

/// Above this, maps of different classes are taken for the same map.
constexpr double SameMap = 0.9;
/// Changes below and above which a map is called steady and unsteady.
constexpr double Steady = 0.3;
constexpr double Unsteady = 1.0;
/// Rank correlations from which two orders are said to agree, and to agree in part.
constexpr double Agree = 0.6;
constexpr double AgreeInPart = 0.3;

QString tr(const char *text)
{
    return QCoreApplication::translate("Verdicts", text);
}

QString fixed(double value, int decimals = 2)
{
    return formatFixed(value, decimals);
}

/// At least three, and as many as it takes for the rounded figures to say what the figures say: that the
/// value is farther from the mean than the deviation, or that it is not.
int decimalsFor(double value, const Spread &chance)
{
    constexpr int most = 6;
    const bool isApart = std::abs(value - chance.mean) > chance.deviation;
    for (int decimals = 3; decimals < most; ++decimals) {
        const double unit = std::pow(10, decimals);
        const auto shown = [unit](double figure) { return std::round(figure * unit); };
        const double deviation = shown(chance.deviation);
        const bool looksApart = std::abs(shown(value) - shown(chance.mean)) > deviation;
        if (looksApart == isApart && (deviation > 0 || chance.deviation == 0))
            return decimals;
    }
    return most;
}

/// `better`, `same` or `worse`, with the areas of the map and of chance in it. `sign` is -1 where less is
/// better.
Verdict compare(const Examination::Game &game, double sign, const QString &better, const QString &same,
                const QString &worse)
{
    const Spread chance = game.randomAreas();
    const double area = game.map.area();
    const double gain = sign * (area - chance.mean);
    const QString &sentence = gain > chance.deviation ? better : gain < -chance.deviation ? worse : same;
    const int decimals = decimalsFor(area, chance);
    return {
        gain > chance.deviation ? Holds::Yes : Holds::No,
        sentence.arg(fixed(area, decimals), fixed(chance.mean, decimals), fixed(chance.deviation, decimals))};
}

/// Of a method that explains a class; others show the same map for each.
Verdict classVerdict(const Examination &found)
{
    if (!found.explanation->method().needsClass)
        return {Holds::No, tr("No: this method knows no classes.")};
    return found.randomLogit ? randomLogitVerdict(*found.randomLogit) : Verdict();
}

Verdict blocksVerdict(const Examination &found)
{
    if (found.explanation->result.scores.empty())
        return {{}, tr("This method gives blocks no scores.")};
    return found.lesions ? lesionVerdict(*found.lesions) : Verdict();
}

} // namespace

Verdicts verdictsOf(const Examination &found)
{
    return {found.insertion ? insertionVerdict(*found.insertion) : Verdict(),
            found.deletion ? deletionVerdict(*found.deletion) : Verdict(),
            found.cascade.empty() ? Verdict() : cascadeVerdict(found.cascade),
            classVerdict(found),
            found.sensitivity ? sensitivityVerdict(*found.sensitivity) : Verdict(),
            blocksVerdict(found)};
}

QString countOf(const Verdicts &verdicts)
{
    const auto judged =
        std::ranges::count_if(verdicts, [](const Verdict &each) { return each.holds.has_value(); });
    const auto holding = std::ranges::count(verdicts, Holds::Yes, &Verdict::holds);
    const bool isAll = std::ranges::none_of(verdicts, &QString::isEmpty, &Verdict::sentence);
    if (judged == 0)
        return {};
    return (isAll ? tr("%1 of %2 hold") : tr("%1 of %2 hold so far")).arg(holding).arg(judged);
}

Verdict insertionVerdict(const Examination::Game &game)
{
    return compare(
        game, 1,
        tr("Yes: fading in what the map ranks first brings the class back faster than a random "
           "order: area under the curve %1 against %2 ± %3."),
        tr("No: fading in what the map ranks first does not bring the class back clearly faster than a "
           "random order: area under the curve %1 against %2 ± %3."),
        tr("No: fading in what the map ranks first brings the class back more slowly than a random "
           "order: area under the curve %1 against %2 ± %3."));
}

Verdict deletionVerdict(const Examination::Game &game)
{
    return compare(
        game, -1,
        tr("Yes: greying out what the map ranks first takes the class away faster than a random "
           "order: area under the curve %1 against %2 ± %3; less is better."),
        tr("No: greying out what the map ranks first does not take the class away clearly faster than a "
           "random order: area under the curve %1 against %2 ± %3; less is better."),
        tr("No: greying out what the map ranks first takes the class away more slowly than a random "
           "order: area under the curve %1 against %2 ± %3; less is better."));
}

Verdict cascadeVerdict(const std::vector<CascadeStage> &cascade)
{
    const double left = cascade.back().correlations.front();
    const bool holds = left < dependentBelow;
    const QString sentence =
        holds ? tr("Yes: with all weights drawn anew, only %1 of the map's order is left: most of it shows "
                   "what "
                   "the network has learned. An edge detector keeps %2.")
              : tr("No: with all weights drawn anew, %1 of the map's order is still there: much of it shows "
                   "the "
                   "picture, not what the network has learned. An edge detector keeps %2.");
    return {holds ? Holds::Yes : Holds::No,
            sentence.arg(fixed(left), fixed(cascade.back().correlations.back()))};
}

Verdict randomLogitVerdict(const Spread &correlations)
{
    if (correlations.count == 0)
        return {{}, tr("The model knows no other class to compare with.")};
    const QString figures =
        QStringLiteral("%1 ± %2").arg(fixed(correlations.mean), fixed(correlations.deviation));
    if (correlations.mean > SameMap)
        return {Holds::No,
                tr("Hardly: the maps of other classes have nearly the same order, rank correlation %1.")
                    .arg(figures)};
    return {Holds::Yes,
            tr("Yes: the maps of other classes have another order, rank correlation %1.").arg(figures)};
}

Verdict sensitivityVerdict(double change)
{
    const Holds holds = change < Steady ? Holds::Yes : change < Unsteady ? Holds::InPart : Holds::No;
    const QString sentence =
        holds == Holds::Yes      ? tr("Yes: noise of 2 % changes it by at most %1 of its size.")
        : holds == Holds::InPart ? tr("In part: noise of 2 % changes it by up to %1 of its size.")
                                 : tr("No: noise of 2 % changes it by up to %1 times its size.");
    return {holds, sentence.arg(fixed(change))};
}

Verdict lesionVerdict(double correlation)
{
    const Holds holds = correlation >= Agree         ? Holds::Yes
                        : correlation >= AgreeInPart ? Holds::InPart
                                                     : Holds::No;
    const QString sentence =
        holds == Holds::Yes ? tr("Yes: the blocks it credits are those that the logit misses most when they "
                                 "are switched off, rank correlation %1.")
        : holds == Holds::InPart
            ? tr("In part: the order of its blocks resembles what the logit loses without each, rank "
                 "correlation %1.")
            : tr("No: its blocks are in another order than what the logit loses without each, rank "
                 "correlation %1.");
    return {holds, sentence.arg(fixed(correlation))};
}

} // namespace reslens
