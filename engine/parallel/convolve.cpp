// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/parallel/convolve.h"

#include "engine/kernels/ceil_divide.h"
#include "engine/kernels/panels.h"
#include "engine/kernels/winograd.h"
#include "engine/parallel/winograd_group.h"
#include "engine/plan/kernel_matrices.h"

#include <algorithm>

namespace reslens {

namespace {

std::size_t im2colSize(const Window &window, const Tiling &tiling)
{
    return window.pointwise() ? 0 : std::size_t(tiling.rows) * std::size_t(window.depth());
}

void convolveIm2col(ThreadPool &pool, const ConvolutionStep &step, const ConvolutionOperands &operands,
                    float *workspace, const std::stop_token &stop)
{
    const Tiling tiling = chooseTiling(step.window, step.panelWidth, pool.threads());
    const std::size_t size = im2colSize(step.window, tiling);
    pool.run(tiling.count(), [&](int tile, int worker) {
        if (!stop.stop_requested())
            convolveTile(step.window, operands, tiling, tile, workspace + std::size_t(worker) * size);
    });
}

void convolveWinograd(ThreadPool &pool, const ConvolutionStep &step, const ConvolutionOperands &operands,
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

    const bool sharesTiles = sharesWinogradTiles(window);
    for (int first = 0; first < total && !stop.stop_requested(); first += group.tiles) {
        const int tiles = std::min(group.tiles, total - first);
        const int share = ceilDivide(tiles, (sharesTiles ? 1 : 2) * pool.threads());
        const int shares = ceilDivide(tiles, share);
        const auto transformInput = [&](int index, int) {
            const int from = index * share;
            winogradInput(step.algorithm, window, operands.source, operands.sourceStride, first + from,
                          std::min(share, tiles - from), inputs + std::size_t(from) * std::size_t(channels),
                          group.inputPoint);
        };
        const auto multiplyPoint = [&](int point, int from, int count) {
            if (!stop.stop_requested())
                multiply(count,
                         inputs + std::size_t(point) * group.inputPoint + std::ptrdiff_t(from) * channels,
                         channels, matrices.matrix(operands.kernel, point), 0, filters,
                         products + std::size_t(point) * group.productPoint + std::ptrdiff_t(from) * filters,
                         filters, false);
        };
        const auto transformOutput = [&](int index, int) {
            const int from = index * share;
            winogradOutput(step.algorithm, window, products + std::size_t(from) * std::size_t(filters),
                           group.productPoint, first + from, std::min(share, tiles - from), operands.bias,
                           operands.relu, operands.destination, operands.destinationStride);
        };
        if (sharesTiles) {
            pool.run(shares, [&](int index, int worker) {
                transformInput(index, worker);
                for (int point = 0; point < form.points; ++point)
                    multiplyPoint(point, index * share, std::min(share, tiles - index * share));
                transformOutput(index, worker);
            });
        } else {
            pool.run(shares, transformInput);
            pool.run(form.points, [&](int point, int) { multiplyPoint(point, 0, tiles); });
            pool.run(shares, transformOutput);
        }
    }
}

} // namespace

std::size_t workspaceSize(const ConvolutionStep &step, int threads)
{
    if (step.algorithm == Algorithm::Im2col)
        return im2colSize(step.window, chooseTiling(step.window, step.panelWidth, threads)) *
               std::size_t(threads);
    const WinogradForm form = winogradForm(step.algorithm);
    const WinogradGroup group = winogradGroup(step.window, form);
    return std::size_t(form.points) * (group.inputPoint + group.productPoint);
}

void convolve(ThreadPool &pool, const ConvolutionStep &step, const ConvolutionOperands &operands,
              float *workspace, const std::stop_token &stop)
{
    if (step.algorithm == Algorithm::Im2col)
        convolveIm2col(pool, step, operands, workspace, stop);
    else
        convolveWinograd(pool, step, operands, workspace, stop);
}

} // namespace reslens
