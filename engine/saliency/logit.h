// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runner.h"

#include <optional>
#include <span>
#include <vector>

namespace reslens {

/// What is explained, as weights of the logits: 1 at the class, and -1 at the one it is compared with. Both
/// must be in [0, classes).
std::vector<float> logitWeightsOf(int classes, int classIndex, const std::optional<int> &versus = {});

/// Σ logitWeights[c]·logit[c].
double explainedLogit(const RunResult &run, std::span<const float> logitWeights);

} // namespace reslens
