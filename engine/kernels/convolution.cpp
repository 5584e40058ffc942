// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/convolution.h"

#include "engine/kernels/ceil_divide.h"
#include "engine/kernels/elementwise.h"
#include "engine/kernels/im2col.h"

#include <algorithm>
#include <cstdint>

namespace reslens {

namespace {

// Floats: about what the second-level cache of a core holds.
constexpr int workspaceLimit = 256 * 1024;
// Fewer rows than this, and reading or packing the kernel takes a good part of the time.
constexpr int leastRows = 96;

/// Cutting the rows makes each thread pack the whole kernel, cutting the columns the whole (im2col) matrix,
/// which is more work where it has to be gathered first.
bool packsLessByRows(const Window &window)
{
    const int gather = window.pointwise() ? 1 : 2;
    return std::int64_t(window.rows()) * gather >= window.out.channels;
}

/// Where nothing is packed, cutting the rows makes each thread read the whole kernel, but leaves each map's
/// upper part with one thread and its lower part with another, in their caches, from step to step. That pays
/// unless the kernel is large and the rows are few; and even then where the panels cannot be shared out
/// evenly.
bool readsLessByRows(const Window &window, int panelWidth, int threads)
{
    const int panels = ceilDivide(window.out.channels, panelWidth);
    const bool uneven = 8 * panels < 7 * threads * ceilDivide(panels, threads);
    return std::int64_t(window.depth()) * window.out.channels <= workspaceLimit ||
           window.rows() >= leastRows * threads || uneven;
}

} // namespace

Tiling chooseTiling(const Window &window, int panelWidth, int threads)
{
    const int rows = window.rows();
    const int columns = window.out.channels;
    // Whole panels, or cache lines, so that no two threads write to the same one.
    const int unit = panelWidth == uncut ? 16 : panelWidth;
    const bool cutRows =
        panelWidth == uncut ? packsLessByRows(window) : readsLessByRows(window, unit, threads);

    Tiling tiling;
    tiling.panelWidth = panelWidth;
    tiling.rowTiles = cutRows ? std::min(threads, rows) : 1;
    tiling.columnTiles = cutRows ? 1 : std::min(threads, columns);
    if (!window.pointwise()) {
        const int fitting = std::max(leastRows, workspaceLimit / window.depth());
        const int perThread = ceilDivide(rows, tiling.rowTiles);
        tiling.rowTiles *= ceilDivide(perThread, fitting);
    }
    tiling.rows = ceilDivide(rows, tiling.rowTiles);
    tiling.rowTiles = ceilDivide(rows, tiling.rows);
    tiling.columns =
        tiling.columnTiles == 1 ? columns : ceilDivide(ceilDivide(columns, tiling.columnTiles), unit) * unit;
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
    const Panels kernel{operands.kernel, depth, window.out.channels, tiling.panelWidth};
    multiply(rows, matrix, matrixStride, kernel, firstColumn, columns, out, operands.destinationStride,
             operands.accumulate);
    addBias(out, operands.destinationStride, rows, columns, operands.bias + firstColumn, operands.relu);
}

} // namespace reslens
