// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tensor.h"

#include <span>

namespace reslens {

// The arithmetic of the maps. Tensors are height × width × channels, maps height × width × 1.

/// Σ_c a·b at each position: the contribution of activations a with gradients b (or the other way round).
Tensor contributionMap(const TensorView &a, const TensorView &b);

/// ‖s·F(x)‖₂ / ‖x‖₂ at each position: how much a block changes what passes through it (Greff et al. 2017). 0
/// where x is 0 throughout.
Tensor energyMap(const TensorView &input, const TensorView &residual);

/// Share of the channels that the residual erases, in [0, 1]: x > 0, but x + s·F(x) ≤ 0, so that the ReLU
/// cuts them off.
Tensor erasureMap(const TensorView &input, const TensorView &sum);

/// Grad-CAM (Selvaraju et al. 2017): activations weighted by the mean gradient of their channel, positive
/// part.
Tensor gradCamMap(const TensorView &activation, const TensorView &gradient);

/// Class activation map (Zhou et al. 2016): `weights`, one a channel, applied at each position.
Tensor classMap(const TensorView &activation, std::span<const float> weights);

/// max_c |gradient| at each position (Simonyan et al. 2014).
Tensor magnitudeMap(const TensorView &gradient);

/// A map enlarged bilinearly to size × size (centres of pixels aligned, edges repeated) with its sum kept:
/// linear, each value spreads out over its surroundings. Meant for a size of at least the map's extents.
Tensor resizedKeepingSum(const Tensor &map, int size);

/// A map of equal extents blurred by a Gaussian of this standard deviation, in pixels, with its sum kept:
/// what would lie beyond the edges stays within. What a unit sees weighs about as a Gaussian, too (Luo et al.
/// 2016).
Tensor smoothedKeepingSum(const Tensor &map, double deviation);

/// Sum of all values, in double precision.
double sumOf(const Tensor &map);

/// Standard deviation of the values, in double precision.
double deviationOf(const Tensor &map);

/// to += weight · map, both of one shape.
void add(Tensor &to, const Tensor &map, float weight = 1);

} // namespace reslens
