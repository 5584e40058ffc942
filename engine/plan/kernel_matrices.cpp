// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/kernel_matrices.h"

#include <vector>

namespace reslens {

KernelMatrices::KernelMatrices(const ConvolutionStep &step)
    : count(step.algorithm == Algorithm::Im2col ? 1 : winogradForm(step.algorithm).points),
      rows(step.algorithm == Algorithm::Im2col ? step.window.depth() : step.window.in.channels),
      columns(step.window.out.channels), width(step.panelWidth)
{
}

Panels KernelMatrices::matrix(const float *kernel, int index) const
{
    return {kernel + std::ptrdiff_t(index) * rows * columns, rows, columns, width};
}

Panels KernelMatrices::transposed(const float *kernel, int index) const
{
    return {kernel + std::ptrdiff_t(index) * rows * columns, columns, rows, width};
}

void layOutKernel(const ConvolutionStep &step, const float *kernel, float *laidOut)
{
    const KernelMatrices matrices(step);
    std::vector<float> points;
    if (step.algorithm != Algorithm::Im2col) {
        points.resize(matrices.size());
        winogradKernel(step.algorithm, step.window, kernel, points.data());
        kernel = points.data();
    }
    for (int i = 0; i < matrices.count; ++i) {
        const std::ptrdiff_t offset = std::ptrdiff_t(i) * matrices.rows * matrices.columns;
        toPanels(kernel + offset, matrices.rows, matrices.columns, matrices.width, laidOut + offset);
    }
}

} // namespace reslens
