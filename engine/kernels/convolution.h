// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/panels.h"
#include "engine/kernels/window.h"

#include <cstddef>

namespace reslens {

/// How the output matrix of a convolution is cut: tiles of rows × columns, row by row.
struct Tiling
{
    int panelWidth = uncut; ///< of the kernel
    int rows = 0;
    int columns = 0;
    int rowTiles = 0;
    int columnTiles = 0;

    int count() const { return rowTiles * columnTiles; }
};

/// At least one tile a thread where the matrix allows it, cut across the rows or the columns, whichever makes
/// the threads read less twice; im2col matrices of a tile fit into a core's cache.
Tiling chooseTiling(const Window &window, int panelWidth, int threads);

/// Everything that computing a tile needs, as addresses.
struct ConvolutionOperands
{
    const float *source;
    std::ptrdiff_t sourceStride;
    const float *kernel; ///< for convolveTile() window.depth() × window.out.channels, in panels
    const float *bias;
    float *destination;
    std::ptrdiff_t destinationStride;
    bool accumulate; ///< add to the destination instead of replacing it
    bool relu;
};

/// Computes one tile: im2col into `workspace` (tiling.rows × window.depth() floats, unused for a pointwise
/// window), SGEMM straight into the destination, bias and ReLU while the tile is warm.
void convolveTile(const Window &window, const ConvolutionOperands &operands, const Tiling &tiling, int tile,
                  float *workspace);

} // namespace reslens
