// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/block_outputs.h"
#include "engine/runner.h"

#include <stop_token>
#include <string>
#include <vector>

namespace reslens {

/// The classes as they stand after one block.
struct LensStep
{
    std::string block;
    std::vector<float> logits;        ///< one a class
    std::vector<float> probabilities; ///< their softmax
    /// False before the last block: the head was never trained on what it reads there, so the figures tell a
    /// direction and not a confidence.
    bool isCalibrated = false;
};

/// How the class scores grow: conv_7b, pooling and the dense layers on the output of mixed_7a and of each
/// residual block after it, in order, which is a run to the end with all later residuals at 0 (logit lens:
/// nostalgebraist 2020, "interpreting GPT: the logit lens"). The last step is the network's own answer, bit
/// for bit. Throws Error: NoTop, Cancelled.
std::vector<LensStep> logitLens(Runner &runner, const BlockOutputs &outputs,
                                const std::stop_token &stop = {});

} // namespace reslens
