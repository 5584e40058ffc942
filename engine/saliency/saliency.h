// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runner.h"
#include "engine/saliency/direct_attribution.h"
#include "engine/saliency/method.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace reslens {

struct SaliencyRequest
{
    SaliencyMethod method = SaliencyMethod::Direct;
    /// A block's name. Empty: all residual blocks together (the composite), or conv_7b for methods at any
    /// block.
    std::string block = {};
    /// The part of this Inception branch in the block's map; for a named block, see hasBranchMaps().
    std::optional<int> branch = std::nullopt;
    /// Also splits the scores by branch, where hasBranchMaps(); costs about a quarter of a forward pass.
    bool branchScores = false;
    int classIndex = 0;
    /// Explains logit[classIndex] − logit[*versus].
    std::optional<int> versus = std::nullopt;
    /// Passes of the methods that average; 0 takes 64 points of a path, 25 noisy copies.
    int steps = 0;
    std::stop_token stop = {};
    /// Called with the number of passes done and their total.
    std::function<void(int, int)> progress = {};
};

/// Whether a method gives maps and scores of single Inception branches: the direct ones do.
bool hasBranchMaps(SaliencyMethod method);

struct SaliencyResult
{
    Tensor
        map; ///< height × width × 1: at the block's resolution, or the input's for composites and the image
    std::string block; ///< of the map; empty for composites and the image
    double logit = 0;  ///< what was explained
    /// For methods at residual blocks: each block's score, from the first to the last. Signed sums of the
    /// blocks' maps; means over the positions for energy and erasure. Biases are given by the direct methods
    /// only, and branches if asked for.
    std::vector<BlockContribution> scores;
    std::optional<double> stem;   ///< direct only
    std::optional<double> biases; ///< direct only
    /// How far the method is from its own promise, relative to the largest term; for methods that make one
    /// (direct, scale-ig, integrated-gradients, cam).
    std::optional<double> completenessError;
};

/// Computes one map for a picture, inputSize × inputSize × 3 in [-1, 1]. Throws Error: NoTop for a method
/// that needs a class on a network without, InvalidArgument for a class outside the range or a block that the
/// method cannot take, Damaged where the network's values are not finite for the picture, Cancelled.
SaliencyResult computeSaliency(Runner &runner, const Tensor &input, const SaliencyRequest &request);

} // namespace reslens
