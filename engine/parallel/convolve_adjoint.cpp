// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/parallel/convolve_adjoint.h"

#include "engine/kernels/adjoint.h"
#include "engine/kernels/ceil_divide.h"
#include "engine/kernels/convolution.h"
#include "engine/kernels/panels.h"
#include "engine/kernels/winograd.h"
#include "engine/kernels/winograd_adjoint.h"
#include "engine/parallel/winograd_tiles.h"
#include "engine/plan/kernel_matrices.h"

#include <algorithm>

namespace reslens {

namespace {

/// The gradient of the im2col matrix: output gradient times transposed kernel.
void multiplyAdjoint(ThreadPool &pool, const ConvolutionStep &step, const AdjointOperands &operands,
                     float *matrix, std::ptrdiff_t stride, bool accumulate, const std::stop_token &stop)
{
    const Window &window = step.window;
    const int depth = window.depth();
    Window product;
    product.in = window.out;
    product.out = {window.out.height, window.out.width, depth};
    const Tiling tiling = chooseTiling(product, step.panelWidth, pool.threads());
    const Panels kernel = KernelMatrices(step).transposed(operands.kernel, 0);
    pool.run(tiling.count(), [&](int tile, int) {
        if (stop.stop_requested())
            return;
        const int row = tile / tiling.columnTiles * tiling.rows;
        const int column = tile % tiling.columnTiles * tiling.columns;
        multiply(std::min(tiling.rows, window.rows() - row),
                 operands.outputGradient + row * operands.outputStride, operands.outputStride, kernel, column,
                 std::min(tiling.columns, depth - column), matrix + row * stride + column, stride,
                 accumulate);
    });
}

void im2colAdjoint(ThreadPool &pool, const ConvolutionStep &step, const AdjointOperands &operands,
                   float *workspace, const std::stop_token &stop)
{
    const Window &window = step.window;
    multiplyAdjoint(pool, step, operands, workspace, window.depth(), false, stop);
    pool.run(window.in.height, [&](int line, int) {
        if (!stop.stop_requested())
            col2im(window, workspace, line, 1, operands.accumulate, operands.gradient, operands.stride);
    });
}

void winogradAdjoint(ThreadPool &pool, const ConvolutionStep &step, const AdjointOperands &operands,
                     float *workspace, const std::stop_token &stop)
{
    const Window &window = step.window;
    const int channels = window.in.channels;
    constexpr int channelShare = 16;
    const WinogradTiles group(window, winogradForm(step.algorithm));
    const KernelMatrices matrices(step);
    const WinogradSide in = group.inputs(workspace);
    const WinogradSide out = group.outputs(workspace);
    group.forEachGroup(stop, [&](int first, int tiles) {
        group.multiplyGroup(
            pool, stop, tiles, out, in,
            [&](int from, int count) {
                winogradOutputAdjoint(step.algorithm, window, operands.outputGradient, operands.outputStride,
                                      first + from, count, out.at(0, from), out.pointStride);
            },
            [&](int point) { return matrices.transposed(operands.kernel, point); }, [](int, int) {});
        // Tiles overlap in the input, hence the threads share out its channels.
        pool.run(ceilDivide(channels, channelShare), [&](int index, int) {
            const int from = index * channelShare;
            winogradInputAdjoint(step.algorithm, window, in.values, in.pointStride, first, tiles, from,
                                 std::min(channelShare, channels - from), operands.accumulate,
                                 operands.gradient, operands.stride);
        });
    });
}

} // namespace

std::size_t adjointWorkspaceSize(const ConvolutionStep &step)
{
    if (step.algorithm == Algorithm::Im2col)
        return step.window.pointwise() ? 0
                                       : std::size_t(step.window.rows()) * std::size_t(step.window.depth());
    return WinogradTiles(step.window, winogradForm(step.algorithm)).workspaceSize();
}

void transposeKernel(ThreadPool &pool, const ConvolutionStep &step, const float *kernel, float *transposed)
{
    const KernelMatrices matrices(step);
    const int parts = transposedPanels(matrices.matrix(kernel, 0));
    pool.run(matrices.count * parts, [&](int task, int) {
        const int index = task / parts;
        transposePanels(matrices.matrix(kernel, index), task % parts, transposed + matrices.offset(index));
    });
}

void convolveAdjoint(ThreadPool &pool, const ConvolutionStep &step, const AdjointOperands &operands,
                     float *workspace, const std::stop_token &stop)
{
    if (step.window.pointwise()) {
        multiplyAdjoint(pool, step, operands, operands.gradient, operands.stride, operands.accumulate, stop);
        return;
    }
    if (step.algorithm == Algorithm::Im2col)
        im2colAdjoint(pool, step, operands, workspace, stop);
    else
        winogradAdjoint(pool, step, operands, workspace, stop);
}

} // namespace reslens
