// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/winograd.h"

#include <cstddef>

namespace reslens {

/// The adjoints (transposed linear maps) of winogradOutput() without bias and ReLU, and of winogradInput():
/// with the transposed SGEMM between them they take a gradient back through a convolution, with the kernels
/// as transformed for the forward pass.

/// Gradients of the outputs of tiles [firstTile, firstTile + tiles) to gradients of the products: point p,
/// tile t, filter f goes to products[p·pointStride + (t − firstTile)·out.channels + f].
void winogradOutputAdjoint(Algorithm algorithm, const Window &window, const float *gradient,
                           std::ptrdiff_t stride, int firstTile, int tiles, float *products,
                           std::size_t pointStride);

/// The gradients of the transformed inputs of these tiles to the gradient of the map [added to what is there
/// if accumulate], for channels [firstChannel, firstChannel + channels). Tiles overlap on the map: groups of
/// them have to come in order, and threads share out the channels.
void winogradInputAdjoint(Algorithm algorithm, const Window &window, const float *transformed,
                          std::size_t pointStride, int firstTile, int tiles, int firstChannel, int channels,
                          bool accumulate, float *gradient, std::ptrdiff_t stride);

} // namespace reslens
