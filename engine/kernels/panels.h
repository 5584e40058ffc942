// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <limits>

namespace reslens {

/// A matrix of weights, cut into panels of `width` columns (Goto & van de Geijn 2008): one after the other,
/// each row-major and gap-free, the last one with the columns that are left.
struct Panels
{
    const float *values;
    int rows;
    int columns;
    int width;
};

/// The width of panels that are not cut: a plain row-major matrix.
constexpr int uncut = std::numeric_limits<int>::max();

/// The width of panels with which multiply() is fastest on this processor: 64 or `uncut`.
int panelWidth();

/// Cuts a row-major matrix, rows × columns and gap-free, into panels.
void toPanels(const float *matrix, int rows, int columns, int width, float *panels);

/// How many parts transposePanels() has.
int transposedPanels(const Panels &panels);

/// Writes one panel of the transpose (columns × rows), cut likewise, to its place in `transposed`.
void transposePanels(const Panels &panels, int panel, float *transposed);

/// C (m × columns) = A (m × b.rows) · `columns` columns of B from `firstColumn` on [+ C if accumulate], A and
/// C row-major with the given row strides, on the calling thread alone.
void multiply(int m, const float *a, std::ptrdiff_t strideA, const Panels &b, int firstColumn, int columns,
              float *c, std::ptrdiff_t strideC, bool accumulate);

} // namespace reslens
