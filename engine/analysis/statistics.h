// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tensor.h"

namespace reslens {

/// What the values of a feature map look like as a whole, in the map's own units.
struct Statistics
{
    float minimum = 0;
    float maximum = 0;
    double mean = 0;
    double standardDeviation = 0; ///< of the population (divided by n)
    double shareOfZeros = 0;      ///< values that are exactly 0, in [0, 1]: what a ReLU has cut off

    bool operator==(const Statistics &) const = default;
};

/// Statistics of all values of a map; all 0 for an empty one. Sums are in double precision.
Statistics statisticsOf(const TensorView &map);

/// Mean over the channels at each position, height × width × 1; zeros for a map without channels.
Tensor channelMean(const TensorView &map);

} // namespace reslens
