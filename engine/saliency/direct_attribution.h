// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runner.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace reslens {

using Gradients = std::map<std::string, std::shared_ptr<const Tensor>>; ///< by address

/// What one residual block adds to a logit along the direct path.
struct BlockContribution
{
    std::string block;
    double total = 0;             ///< branches and bias added up
    std::vector<double> branches; ///< by Inception branch, if asked for
    double bias = 0;              ///< of the "up" convolution
};

/// A logit, or a difference of logits, split over the network with all ReLU gates and max-pooling choices
/// frozen and the residual branches cut off the backward pass: y = stem + Σ blocks + biases (direct logit
/// attribution: Elhage et al. 2021; paths: Veit et al. 2016). Exact up to rounding.
struct DirectAttribution
{
    double logit = 0;
    double stem = 0; ///< what reaches the logit from mixed_5b's output past every residual branch
    double biases =
        0; ///< of the convolutions on the path (mixed_6a, mixed_7a, conv_7b) and of the dense layers
    std::vector<BlockContribution> blocks;
    /// By block, height × width × 1: Σ_c g·s·F(x), adding up to the block's total.
    std::map<std::string, Tensor> maps;
    /// By block, one for each Inception branch: what the branch has in the block's map, adding up to its sum.
    /// If asked for.
    std::map<std::string, std::vector<Tensor>> branchMaps;
    Tensor stemMap; ///< at mixed_5b, height × width × 1: Σ_c g·x, adding up to `stem`
    /// At conv_7b, height × width × 1: Σ_c g·x, adding up to the logit less the biases of the dense layers.
    Tensor classMap;

    /// |logit − all terms| / the largest term.
    double completenessError() const;
};

/// Addresses of the head's dense layers.
std::vector<std::string> headAddresses(const Description &description);

/// What the biases of the head's dense layers add to a logit while the ReLUs stay as a run recorded them,
/// from the logit's gradients at headAddresses().
double headBiases(const Network &network, const Tape &tape, const Gradients &gradients);

/// The tensors that a run must capture (and it must record) for directAttribution().
std::vector<std::string> directAttributionCaptures(const Description &description, bool branches);

/// Attributes Σ logitWeights[c]·logit[c] of a recorded run. To split the blocks by branch takes the gradient
/// back through every "up" convolution, which doubles the time. Throws Error: NoTop, Cancelled.
DirectAttribution directAttribution(Runner &runner, const RunResult &run, std::span<const float> logitWeights,
                                    bool branches, const std::stop_token &stop = {});

} // namespace reslens
