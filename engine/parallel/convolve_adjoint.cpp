// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/parallel/convolve_adjoint.h"

#include "engine/kernels/adjoint.h"
#include "engine/kernels/ceil_divide.h"
#include "engine/kernels/convolution.h"
#include "engine/kernels/panels.h"
#include "engine/kernels/winograd.h"
#include "engine/kernels/winograd_adjoint.h"
#include "engine/parallel/winograd_group.h"
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
    const WinogradForm form = winogradForm(step.algorithm);
    const WinogradGroup group = winogradGroup(window, form);
    const KernelMatrices matrices(step);
    const int total = form.tiles(window);
    const int channels = window.in.channels;
    const int filters = window.out.channels;
    float *inputs = workspace;
    float *products = workspace + group.inputPoint * std::size_t(form.points);
    constexpr int channelShare = 16;
    const bool sharesTiles = sharesWinogradTiles(window);

    for (int first = 0; first < total && !stop.stop_requested(); first += group.tiles) {
        const int tiles = std::min(group.tiles, total - first);
        const int parts = (sharesTiles ? 1 : 2) * pool.threads();
        const int share = ceilDivide(tiles, parts);
        const int shares = ceilDivide(tiles, share);
        const auto transformOutput = [&](int index, int) {
            const int from = index * share;
            winogradOutputAdjoint(step.algorithm, window, operands.outputGradient, operands.outputStride,
                                  first + from, std::min(share, tiles - from),
                                  products + std::size_t(from) * std::size_t(filters), group.productPoint);
        };
        const auto multiplyPoint = [&](int point, int from, int count) {
            if (!stop.stop_requested())
                multiply(count,
                         products + std::size_t(point) * group.productPoint + std::ptrdiff_t(from) * filters,
                         filters, matrices.transposed(operands.kernel, point), 0, channels,
                         inputs + std::size_t(point) * group.inputPoint + std::ptrdiff_t(from) * channels,
                         channels, false);
        };
        if (sharesTiles) {
            pool.run(shares, [&](int index, int worker) {
                transformOutput(index, worker);
                for (int point = 0; point < form.points; ++point)
                    multiplyPoint(point, index * share, std::min(share, tiles - index * share));
            });
        } else {
            pool.run(shares, transformOutput);
            pool.run(form.points, [&](int point, int) { multiplyPoint(point, 0, tiles); });
        }
        pool.run(ceilDivide(channels, channelShare), [&](int index, int) {
            const int from = index * channelShare;
            winogradInputAdjoint(step.algorithm, window, inputs, group.inputPoint, first, tiles, from,
                                 std::min(channelShare, channels - from), operands.accumulate,
                                 operands.gradient, operands.stride);
        });
    }
}

} // namespace

std::size_t adjointWorkspaceSize(const ConvolutionStep &step)
{
    if (step.algorithm == Algorithm::Im2col)
        return step.window.pointwise() ? 0
                                       : std::size_t(step.window.rows()) * std::size_t(step.window.depth());
    const WinogradForm form = winogradForm(step.algorithm);
    const WinogradGroup group = winogradGroup(step.window, form);
    return std::size_t(form.points) * (group.inputPoint + group.productPoint);
}

void transposeKernel(ThreadPool &pool, const ConvolutionStep &step, const float *kernel, float *transposed)
{
    const KernelMatrices matrices(step);
    const int parts = transposedPanels(matrices.matrix(kernel, 0));
    pool.run(matrices.count * parts, [&](int task, int) {
        const int index = task / parts;
        transposePanels(matrices.matrix(kernel, index), task % parts,
                        transposed + std::ptrdiff_t(index) * matrices.rows * matrices.columns);
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
