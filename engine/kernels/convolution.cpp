// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/convolution.h"

#include "engine/kernels/ceil_divide.h"
#include "engine/kernels/elementwise.h"
#include "engine/kernels/im2col.h"
#include "engine/kernels/sgemm.h"

#include <algorithm>
#include <cstdint>

namespace reslens {

namespace {

// Floats of an im2col tile: about what the second-level cache of a core holds.
constexpr int workspaceLimit = 256 * 1024;
// Fewer rows than this, and packing the kernel costs more than it saves.
constexpr int leastRows = 96;

} // namespace

Tiling chooseTiling(const Window &window, int threads)
{
    const int rows = window.rows();
    const int columns = window.out.channels;
    // Cutting the rows makes each thread pack the whole kernel, cutting the columns the whole (im2col)
    // matrix, which is more work where it has to be gathered first.
    const int gather = window.pointwise() ? 1 : 2;
    const bool cutRows = std::int64_t(rows) * gather >= columns;

    Tiling tiling;
    tiling.rowTiles = cutRows ? std::min(threads, rows) : 1;
    tiling.columnTiles = cutRows ? 1 : std::min(threads, columns);
    if (!window.pointwise()) {
        const int fitting = std::max(leastRows, workspaceLimit / window.depth());
        const int perThread = ceilDivide(rows, tiling.rowTiles);
        tiling.rowTiles *= ceilDivide(perThread, fitting);
    }
    tiling.rows = ceilDivide(rows, tiling.rowTiles);
    tiling.rowTiles = ceilDivide(rows, tiling.rows);
    // Whole cache lines, so that no two threads write to the same one.
    tiling.columns =
        tiling.columnTiles == 1 ? columns : ceilDivide(ceilDivide(columns, tiling.columnTiles), 16) * 16;
    tiling.columnTiles = ceilDivide(columns, tiling.columns);
    return tiling;
}

void convolveTile(const Window &window, const ConvolutionOperands &operands, const Tiling &tiling, int tile,
                  float *workspace)
{
    const int firstRow = tile / tiling.columnTiles * tiling.rows;
    const int rows = std::min(tiling.rows, window.rows() - firstRow);
    const int firstColumn = tile % tiling.columnTiles * tiling.columns;
    const int columns = std::min(tiling.columns, window.out.channels - firstColumn);
    const int depth = window.depth();

    const float *matrix = operands.source + firstRow * operands.sourceStride;
    std::ptrdiff_t matrixStride = operands.sourceStride;
    if (!window.pointwise()) {
        im2col(window, operands.source, operands.sourceStride, firstRow, rows, workspace);
        matrix = workspace;
        matrixStride = depth;
    }
    float *out = operands.destination + firstRow * operands.destinationStride + firstColumn;
    sgemm(rows, columns, depth, matrix, matrixStride, operands.kernel + firstColumn, window.out.channels, out,
          operands.destinationStride, operands.accumulate);
    addBias(out, operands.destinationStride, rows, columns, operands.bias + firstColumn, operands.relu);
}

} // namespace reslens
