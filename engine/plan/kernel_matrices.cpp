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
    return {kernel + offset(index), rows, columns, width};
}

Panels KernelMatrices::transposed(const float *kernel, int index) const
{
    return {kernel + offset(index), columns, rows, width};
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
    for (int i = 0; i < matrices.count; ++i)
        toPanels(kernel + matrices.offset(i), matrices.rows, matrices.columns, matrices.width,
                 laidOut + matrices.offset(i));
}

} // namespace reslens
