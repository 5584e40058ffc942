// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/window.h"

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

/// The naive twins: what the kernels compute, written from the definitions, in double precision.
namespace naive {

using reslens::Shape;
using reslens::Window;

using Random = std::mt19937;

inline int between(Random &random, int least, int most)
{
    return std::uniform_int_distribution(least, most)(random);
}

inline std::vector<float> randomValues(Random &random, std::size_t count)
{
    std::normal_distribution<float> normal;
    std::vector<float> values(count);
    std::ranges::generate(values, [&] { return normal(random); });
    return values;
}

/// A window with TensorFlow's SAME or VALID geometry over a map of random extents.
inline Window randomWindow(Random &random, bool same)
{
    Window window;
    window.kernelHeight = between(random, 1, 7);
    window.kernelWidth = between(random, 1, 7);
    window.stride = between(random, 1, 2);
    window.in = {between(random, window.kernelHeight, 19), between(random, window.kernelWidth, 19),
                 between(random, 1, 40)};
    if (same) {
        window.out.height = (window.in.height + window.stride - 1) / window.stride;
        window.out.width = (window.in.width + window.stride - 1) / window.stride;
        window.padTop =
            std::max(0, (window.out.height - 1) * window.stride + window.kernelHeight - window.in.height) / 2;
        window.padLeft =
            std::max(0, (window.out.width - 1) * window.stride + window.kernelWidth - window.in.width) / 2;
    } else {
        window.out.height = (window.in.height - window.kernelHeight) / window.stride + 1;
        window.out.width = (window.in.width - window.kernelWidth) / window.stride + 1;
    }
    window.out.channels = between(random, 1, 40);
    return window;
}

/// Calls visit(ky, kx, source position) for the values under the window at output (y, x) that lie on the map.
template <typename Visit>
void underWindow(const Window &window, int y, int x, const Visit &visit)
{
    for (int ky = 0; ky < window.kernelHeight; ++ky) {
        for (int kx = 0; kx < window.kernelWidth; ++kx) {
            const int sy = y * window.stride + ky - window.padTop;
            const int sx = x * window.stride + kx - window.padLeft;
            if (sy >= 0 && sy < window.in.height && sx >= 0 && sx < window.in.width)
                visit(ky, kx, sy * window.in.width + sx);
        }
    }
}

/// One output of a convolution, with kernel HWIO.
inline double convolutionAt(const Window &window, const float *source, std::ptrdiff_t stride,
                            const float *kernel, int y, int x, int filter)
{
    double sum = 0;
    underWindow(window, y, x, [&](int ky, int kx, int position) {
        for (int c = 0; c < window.in.channels; ++c) {
            const int row = (ky * window.kernelWidth + kx) * window.in.channels + c;
            sum += double(source[position * stride + c]) * double(kernel[row * window.out.channels + filter]);
        }
    });
    return sum;
}

inline double maximumAt(const Window &window, const float *source, std::ptrdiff_t stride, int y, int x,
                        int channel)
{
    double result = -std::numeric_limits<double>::infinity();
    underWindow(window, y, x, [&](int, int, int position) {
        result = std::max(result, double(source[position * stride + channel]));
    });
    return result;
}

inline double averageAt(const Window &window, const float *source, std::ptrdiff_t stride, int y, int x,
                        int channel)
{
    double sum = 0;
    int count = 0;
    underWindow(window, y, x, [&](int, int, int position) {
        sum += double(source[position * stride + channel]);
        ++count;
    });
    return sum / count;
}

} // namespace naive
