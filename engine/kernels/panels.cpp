// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/panels.h"

#include "engine/kernels/ceil_divide.h"
#include "engine/kernels/sgemm.h"

#include <algorithm>
#include <string>

namespace reslens {

namespace {

// OpenBLAS copies both matrices of a product into an order of its own before it multiplies, which takes up to
// half of the time where A has few rows. Its kernels for AVX-512 spare products of at most 10⁶
// multiplications that, and read a narrow panel as well as a copy: blocks of this size are 5 to 60 % faster
// than the whole, and faster than with other sizes.
constexpr int blockRows = 100;
constexpr int blockDepth = 156;
constexpr int blockColumns = 64;
static_assert(blockRows * blockDepth * blockColumns <= 1'000'000);

/// A part of at most `most` with which equal parts cover the whole.
int evenPart(int whole, int most)
{
    return ceilDivide(whole, ceilDivide(whole, most));
}

} // namespace

int panelWidth()
{
    const std::string kernels = sgemmKernels();
    const bool spareCopies = kernels == "SkylakeX" || kernels == "Cooperlake" || kernels == "SapphireRapids";
    return spareCopies ? blockColumns : uncut;
}

void toPanels(const float *matrix, int rows, int columns, int width, float *panels)
{
    const int step = std::min(width, columns);
    for (int first = 0; first < columns; first += step) {
        const int count = std::min(step, columns - first);
        for (int row = 0; row < rows; ++row)
            panels = std::copy_n(matrix + std::ptrdiff_t(row) * columns + first, count, panels);
    }
}

int transposedPanels(const Panels &panels)
{
    return ceilDivide(panels.rows, std::min(panels.width, panels.rows));
}

void transposePanels(const Panels &panels, int panel, float *transposed)
{
    const int step = std::min(panels.width, panels.rows);
    const int firstRow = panel * step;
    const int rows = std::min(step, panels.rows - firstRow);
    float *to = transposed + std::ptrdiff_t(firstRow) * panels.columns;
    const int width = std::min(panels.width, panels.columns);
    for (int first = 0; first < panels.columns; first += width) {
        const int count = std::min(width, panels.columns - first);
        const float *from =
            panels.values + std::ptrdiff_t(first) * panels.rows + std::ptrdiff_t(firstRow) * count;
        for (int column = 0; column < count; ++column) {
            for (int row = 0; row < rows; ++row)
                *to++ = from[std::ptrdiff_t(row) * count + column];
        }
    }
}

void multiply(int m, const float *a, std::ptrdiff_t strideA, const Panels &b, int firstColumn, int columns,
              float *c, std::ptrdiff_t strideC, bool accumulate)
{
    const bool cut = b.width != uncut;
    const int depth = cut ? evenPart(b.rows, blockDepth) : b.rows;
    const int rows = cut ? evenPart(m, blockRows) : m;
    const int width = std::min(b.width, b.columns);
    const int end = firstColumn + columns;
    for (int start = firstColumn / width * width; start < end; start += width) {
        const int stride = std::min(width, b.columns - start);
        const int first = std::max(firstColumn, start);
        const int count = std::min(end, start + stride) - first;
        const float *panel = b.values + std::ptrdiff_t(start) * b.rows + (first - start);
        for (int k = 0; k < b.rows; k += depth) {
            for (int row = 0; row < m; row += rows)
                sgemm(std::min(rows, m - row), count, std::min(depth, b.rows - k), a + row * strideA + k,
                      strideA, panel + std::ptrdiff_t(k) * stride, stride,
                      c + row * strideC + (first - firstColumn), strideC, accumulate || k > 0);
        }
    }
}

} // namespace reslens
