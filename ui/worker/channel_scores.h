// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/block_maps.h"

#include <functional>

namespace reslens {

/// How much each channel of a block speaks for a class: Σ over the map of activation · ∂logit/∂activation,
/// the first-order estimate of what the logit would lose without the channel (Molchanov et al. 2017, "Pruning
/// Convolutional Neural Networks for Resource Efficient Inference").
struct ChannelScores
{
    int block = 0; ///< position in ModelSummary::blocks
    int classIndex = 0;
    std::vector<std::vector<double>> scores; ///< by position in BlockMaps::maps and channel
};

using ChannelScoresPtr = std::shared_ptr<const ChannelScores>;

/// One recorded run and one backward pass; `maps` are of the trace's picture. `progress` is called with the
/// number of blocks passed, there and back, and their total. Throws as Runner does.
ChannelScoresPtr scoreChannels(Runner &runner, const Trace &trace, const BlockMaps &maps, int classIndex,
                               const std::stop_token &stop, const std::function<void(int, int)> &progress);

} // namespace reslens
