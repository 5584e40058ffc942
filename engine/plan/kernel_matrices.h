// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/panels.h"
#include "engine/plan/plan.h"

#include <cstddef>

namespace reslens {

/// How the kernel of a convolution lies among the weights: `count` matrices of rows × columns, each in
/// panels. One of depth × out.channels for im2col, for Winograd one of in.channels × out.channels a point.
struct KernelMatrices
{
    explicit KernelMatrices(const ConvolutionStep &step);

    std::size_t size() const { return offset(count); }
    /// Where one of them begins.
    std::size_t offset(int index) const
    {
        return std::size_t(index) * std::size_t(rows) * std::size_t(columns);
    }
    /// One of them, of a kernel that begins at `kernel`.
    Panels matrix(const float *kernel, int index) const;
    /// One of the transposed ones, likewise.
    Panels transposed(const float *kernel, int index) const;

    int count;
    int rows;
    int columns;
    int width; ///< of the panels
};

/// Writes a kernel (depth × out.channels, row-major) to where the step reads it.
void layOutKernel(const ConvolutionStep &step, const float *kernel, float *laidOut);

} // namespace reslens
