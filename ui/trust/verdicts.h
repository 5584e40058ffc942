// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/trust/checks.h"
#include "ui/worker/examination.h"

#include <QString>
#include <array>
#include <optional>

namespace reslens {

enum class Holds
{
    Yes,
    InPart,
    No
};

/// What a check's figures mean.
struct Verdict
{
    std::optional<Holds> holds; ///< nothing where there is nothing to judge
    QString sentence;           ///< a sentence or two with the figures in it; empty before there are any
};

using Verdicts = std::array<Verdict, CheckCount>;

/// What an examination has found so far, and what its method cannot have.
Verdicts verdictsOf(const Examination &found);

/// "4 of 6 hold"; empty before there is anything to count.
QString countOf(const Verdicts &verdicts);

/// Hold where the map's area is better than the mean of random orders by more than their standard deviation.
Verdict insertionVerdict(const Examination::Game &game);
Verdict deletionVerdict(const Examination::Game &game);

/// By what is left of the map, and of the edge detector's, when all weights are lost: holds below
/// dependentBelow, which is 0.5.
Verdict cascadeVerdict(const std::vector<CascadeStage> &cascade);
/// Holds where the mean is at most 0.9.
Verdict randomLogitVerdict(const Spread &correlations);
/// Holds below 0.3, in part below 1.
Verdict sensitivityVerdict(double change);
/// Holds from 0.6 on, in part from 0.3 on.
Verdict lesionVerdict(double correlation);

} // namespace reslens
