// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gemm_floor.h"

#include "engine/float_buffer.h"
#include "engine/kernels/convolution.h"

#include <algorithm>
#include <chrono>

namespace reslens {

namespace {

/// The products of a window's im2col matrix alone, cut as convolve() cuts them. `a`, `b` and `c` need
/// space for the matrices, gap-free; what is in them does not matter.
void multiplyBare(ThreadPool &pool, const ConvolutionStep &step, const float *a, const float *b, float *c)
{
    const Window &window = step.window;
    const Tiling tiling = chooseTiling(window, step.panelWidth, pool.threads());
    const int depth = window.depth();
    const int filters = window.out.channels;
    pool.run(tiling.count(), [&](int tile, int) {
        const int firstRow = tile / tiling.columnTiles * tiling.rows;
        const int firstColumn = tile % tiling.columnTiles * tiling.columns;
        multiply(std::min(tiling.rows, window.rows() - firstRow), a + std::ptrdiff_t(firstRow) * depth, depth,
                 {b, depth, filters, step.panelWidth}, firstColumn,
                 std::min(tiling.columns, filters - firstColumn),
                 c + std::ptrdiff_t(firstRow) * filters + firstColumn, filters, false);
    });
}

} // namespace

double measureGemmFloor(const Plan &plan, ThreadPool &pool)
{
    std::vector<const ConvolutionStep *> convolutions;
    std::size_t a = 0;
    std::size_t b = 0;
    std::size_t c = 0;
    for (const Step &step : plan.steps) {
        const auto *convolution = std::get_if<ConvolutionStep>(&step.work);
        if (!convolution)
            continue;
        const Window &window = convolution->window;
        convolutions.push_back(convolution);
        a = std::max(a, std::size_t(window.rows()) * std::size_t(window.depth()));
        b += std::size_t(window.depth()) * std::size_t(window.out.channels);
        c = std::max(c, std::size_t(window.rows()) * std::size_t(window.out.channels));
    }
    FloatBuffer matrices(a + b + c);
    std::fill_n(matrices.data(), matrices.size(), 0.5F);

    const float *kernel = matrices.data() + a;
    const auto start = std::chrono::steady_clock::now();
    for (const ConvolutionStep *convolution : convolutions) {
        multiplyBare(pool, *convolution, matrices.data(), kernel, matrices.data() + a + b);
        kernel += std::size_t(convolution->window.depth()) * std::size_t(convolution->window.out.channels);
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace reslens
