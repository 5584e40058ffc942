// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/statistics.h"

#include <span>
#include <utility>
#include <vector>

namespace reslens {

/// The map of one channel: height × width × 1, a slice of the whole.
inline TensorView channelOf(const TensorView &map, int channel)
{
    return {map.data + channel, {map.shape.height, map.shape.width, 1}, map.stride};
}

/// Statistics of each channel by itself, in the order of the channels: the same figures as
/// statisticsOf(channelOf(map, channel)), but in two walks through memory for all of them. For a map without
/// positions all figures are 0.
std::vector<Statistics> channelStatistics(const TensorView &map);

/// Σ over the positions of a·b for each channel, in double precision; both of the same shape.
std::vector<double> channelProducts(const TensorView &a, const TensorView &b);

/// The values of a map that leave out a share of the least and the same share of the greatest ones: ranks
/// round(cut·(n − 1)) and its mirror image of the n sorted values (nearest rank, without interpolation).
/// `cut` is in [0, 0.5); 0 gives minimum and maximum. Both are 0 for an empty map.
std::pair<float, float> percentileLimits(const TensorView &map, double cut);

} // namespace reslens
