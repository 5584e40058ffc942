// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runner.h"

namespace reslens::test {

/// FullGrad (Srinivas & Fleuret 2019): y = ⟨∂y/∂x, x⟩ + Σ ⟨∂y/∂b, b⟩ over all folded biases, which one bias
/// left out, one gate or one kernel wrong anywhere in the backward pass would break. Returns how far the two
/// sides are apart for a class's logit, relative to the largest term. For networks whose head is one dense
/// layer.
double fullGradError(Runner &runner, const Tensor &input, std::size_t classIndex);

} // namespace reslens::test
