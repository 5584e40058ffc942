// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/window.h"

#include <cstddef>
#include <cstdint>

namespace reslens {

/// Adjoints (transposed linear maps) of the forward kernels: they take gradients from a node's output to its
/// input. Maps are as in the forward pass, positions `stride` floats apart.

/// Sums the im2col matrix of gradients (window.rows() × window.depth()) up on the map it was gathered from
/// [on what is there if accumulate], for input lines [firstLine, firstLine + lines) only, so that threads can
/// share them out.
void col2im(const Window &window, const float *matrix, int firstLine, int lines, bool accumulate,
            float *gradient, std::ptrdiff_t stride);

/// For each output value the place within the window, counted row by row, where the maximum came from; the
/// first of several. `choices` is window.out.height × window.out.width × channels, gap-free; output rows as
/// for maxPool().
void maxPoolChoices(const Window &window, const float *source, std::ptrdiff_t stride, int firstRow, int rows,
                    std::uint8_t *choices);

/// The gradient of each maximum to the value that it was, as col2im().
void maxPoolAdjoint(const Window &window, const std::uint8_t *choices, const float *outputGradient,
                    std::ptrdiff_t outputStride, int firstLine, int lines, bool accumulate, float *gradient,
                    std::ptrdiff_t stride);

/// Each average's gradient, divided by their number, to the values that it was taken of, as col2im().
void averagePoolAdjoint(const Window &window, const float *outputGradient, std::ptrdiff_t outputStride,
                        int firstLine, int lines, bool accumulate, float *gradient, std::ptrdiff_t stride);

} // namespace reslens
