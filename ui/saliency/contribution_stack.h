// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/saliency/direct_attribution.h"

#include <algorithm>
#include <vector>

namespace reslens {

/// Where one part of a score stands in a stacked bar: from the end nearer to zero to the other.
struct StackedPart
{
    double from = 0;
    double to = 0;

    bool holds(double value) const { return value >= std::min(from, to) && value < std::max(from, to); }
};

/// The branches of a block's score, then its bias: positive parts stand on each other above zero, negative
/// ones hang below it, so that the sum is what is above less what is below.
std::vector<StackedPart> stacked(const BlockContribution &score);

} // namespace reslens
