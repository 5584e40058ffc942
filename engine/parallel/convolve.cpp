// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/parallel/convolve.h"

#include "engine/kernels/winograd.h"
#include "engine/parallel/winograd_tiles.h"
#include "engine/plan/kernel_matrices.h"

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
    const WinogradTiles group(window, winogradForm(step.algorithm));
    const KernelMatrices matrices(step);
    const WinogradSide in = group.inputs(workspace);
    const WinogradSide out = group.outputs(workspace);
    group.forEachGroup(stop, [&](int first, int tiles) {
        group.multiplyGroup(
            pool, stop, tiles, in, out,
            [&](int from, int count) {
                winogradInput(step.algorithm, window, operands.source, operands.sourceStride, first + from,
                              count, in.at(0, from), in.pointStride);
            },
            [&](int point) { return matrices.matrix(operands.kernel, point); },
            [&](int from, int count) {
                winogradOutput(step.algorithm, window, out.at(0, from), out.pointStride, first + from, count,
                               operands.bias, operands.relu, operands.destination,
                               operands.destinationStride);
            });
    });
}

} // namespace

std::size_t workspaceSize(const ConvolutionStep &step, int threads)
{
    if (step.algorithm == Algorithm::Im2col)
        return im2colSize(step.window, chooseTiling(step.window, step.panelWidth, threads)) *
               std::size_t(threads);
    return WinogradTiles(step.window, winogradForm(step.algorithm)).workspaceSize();
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
