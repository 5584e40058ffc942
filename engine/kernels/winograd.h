// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/ceil_divide.h"
#include "engine/kernels/window.h"

#include <cstddef>

namespace reslens {

/// How a convolution is computed: as the product of two matrices, see convolution.h, or by one of the forms
/// below.
enum class Algorithm
{
    Im2col,
    WinogradSquare3,
    WinogradRow7,
    WinogradColumn7
};

/// A convolution by minimal filtering (Winograd 1980; Lavin & Gray 2016): the map is cut into tiles of few
/// outputs, each is transformed into `points` values a channel, and in that domain the convolution is one
/// small SGEMM a point, with far fewer multiplications than im2col. In float32 its results differ from
/// im2col's by a few millionths (relative L2).
struct WinogradForm
{
    int points = 0;
    int tileHeight = 0; ///< output rows of a tile
    int tileWidth = 0;  ///< output columns of a tile
    int kernelHeight = 0;
    int kernelWidth = 0;

    int tileRows(const Window &window) const { return ceilDivide(window.out.height, tileHeight); }
    int tileColumns(const Window &window) const { return ceilDivide(window.out.width, tileWidth); }
    int tiles(const Window &window) const { return tileRows(window) * tileColumns(window); }
};

/// The form behind an algorithm other than Im2col.
WinogradForm winogradForm(Algorithm algorithm);

/// The algorithm that is expected to be fastest for a window with kernels of these extents.
Algorithm chooseAlgorithm(const Window &window);

/// kernel: depth × filters, as im2col multiplies it; transformed: points × in.channels × filters.
void winogradKernel(Algorithm algorithm, const Window &window, const float *kernel, float *transformed);

/// Transforms tiles [firstTile, firstTile + tiles) of a map whose positions are `stride` floats apart. The
/// value of point p, tile t, channel c goes to transformed[p·pointStride + (t − firstTile)·in.channels + c].
void winogradInput(Algorithm algorithm, const Window &window, const float *source, std::ptrdiff_t stride,
                   int firstTile, int tiles, float *transformed, std::size_t pointStride);

/// Transforms products, laid out likewise with out.channels, back to outputs, adds the bias and applies the
/// ReLU.
void winogradOutput(Algorithm algorithm, const Window &window, const float *products, std::size_t pointStride,
                    int firstTile, int tiles, const float *bias, bool relu, float *destination,
                    std::ptrdiff_t stride);

} // namespace reslens
