// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trust/verdicts.h"

#include "ui/base/format.h"

#include <QCoreApplication>

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

QString fixed(double value)
{
    return formatFixed(value, 2);
}

/// `better`, `same` or `worse`, with the areas of the map and of chance in it. `sign` is -1 where less is
/// better.
QString compare(const Examination::Game &game, double sign, const QString &better, const QString &same,
                const QString &worse)
{
    const Spread chance = game.randomAreas();
    const double gain = sign * (game.map.area() - chance.mean);
    const QString &sentence = gain > chance.deviation ? better : gain < -chance.deviation ? worse : same;
    return sentence.arg(fixed(game.map.area()), fixed(chance.mean), fixed(chance.deviation));
}

} // namespace

QString insertionVerdict(const Examination::Game &game)
{
    return compare(
        game, 1,
        tr("Fading in the places that the map ranks first brings the class back faster than a random "
           "order: %1 against %2 ± %3."),
        tr("Fading in the places that the map ranks first brings the class back no faster than a random "
           "order: %1 against %2 ± %3."),
        tr("Fading in the places that the map ranks first brings the class back more slowly than a random "
           "order: %1 against %2 ± %3."));
}

QString deletionVerdict(const Examination::Game &game)
{
    return compare(
        game, -1,
        tr("Greying out the places that the map ranks first takes the class away faster than a random "
           "order: %1 against %2 ± %3; less is better."),
        tr("Greying out the places that the map ranks first takes the class away no faster than a random "
           "order: %1 against %2 ± %3; less is better."),
        tr("Greying out the places that the map ranks first takes the class away more slowly than a random "
           "order: %1 against %2 ± %3; less is better."));
}

QString cascadeVerdict(const std::vector<CascadeStage> &cascade)
{
    const double left = cascade.back().correlations.front();
    const QString sentence =
        left < dependentBelow
            ? tr("With all weights drawn anew, only %1 of the map's order is left: most of it shows what the "
                 "network has learned. An edge detector keeps %2.")
            : tr("With all weights drawn anew, %1 of the map's order is still there: much of it shows the "
                 "picture, not what the network has learned. An edge detector keeps %2.");
    return sentence.arg(fixed(left), fixed(cascade.back().correlations.back()));
}

QString randomLogitVerdict(const Spread &correlations)
{
    if (correlations.count == 0)
        return tr("The model knows no other class to compare with.");
    const QString figures =
        QStringLiteral("%1 ± %2").arg(fixed(correlations.mean), fixed(correlations.deviation));
    return correlations.mean > SameMap
               ? tr("Hardly: the maps of other classes have nearly the same order, rank correlation %1.")
                     .arg(figures)
               : tr("Yes: the maps of other classes have another order, rank correlation %1.").arg(figures);
}

QString sensitivityVerdict(double change)
{
    const QString sentence = change < Steady ? tr("Yes: noise of 2 % changes it by at most %1 of its size.")
                             : change < Unsteady
                                 ? tr("In part: noise of 2 % changes it by up to %1 of its size.")
                                 : tr("No: noise of 2 % changes it by up to %1 times its size.");
    return sentence.arg(fixed(change));
}

QString lesionVerdict(double correlation)
{
    const QString sentence =
        correlation >= Agree ? tr("Yes: the blocks it credits are those that the logit misses most when they "
                                  "are switched off, rank correlation %1.")
        : correlation >= AgreeInPart
            ? tr("In part: the order of its blocks resembles what the logit loses without each, rank "
                 "correlation %1.")
            : tr("No: its blocks are in another order than what the logit loses without each, rank "
                 "correlation %1.");
    return sentence.arg(fixed(correlation));
}

} // namespace reslens
