// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/block_outputs.h"
#include "ui/worker/results.h"

namespace reslens {

/// What a run leaves behind, from which the tensors inside any block can be had again.
struct Trace
{
    PictureSource source;
    Preparation preparation;
    Tensor input; ///< the network's input image
    BlockOutputs outputs;
};

/// All tensors of a block, computed again from the output of the block before it. Throws as Runner does.
BlockMapsPtr mapsOf(Runner &runner, const Trace &trace, const ModelSummaryPtr &model, int block,
                    const std::stop_token &stop);

/// The mean over the positions of how much a residual block changes its input, see energyMap(). Throws as
/// Runner does.
double energyOf(Runner &runner, const Trace &trace, int block, const std::stop_token &stop);

} // namespace reslens
