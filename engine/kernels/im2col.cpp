// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/im2col.h"

#include <algorithm>
#include <cstring>

namespace reslens {

namespace {

/// Kernel columns [first, last) of a window that starts at `begin` and lies within [0, extent).
struct Span
{
    int first;
    int last;
};

Span inside(int begin, int kernel, int extent)
{
    const int first = std::clamp(-begin, 0, kernel);
    return {first, std::clamp(extent - begin, first, kernel)};
}

void copy(float *to, const float *from, std::size_t count)
{
    std::memcpy(to, from, count * sizeof(float));
}

void zero(float *to, std::size_t count)
{
    std::memset(to, 0, count * sizeof(float));
}

} // namespace

void im2col(const Window &window, const float *source, std::ptrdiff_t stride, int firstRow, int rows,
            float *matrix)
{
    const std::size_t channels = std::size_t(window.in.channels);
    const std::size_t line = std::size_t(window.kernelWidth) * channels;
    const bool dense = stride == window.in.channels;
    for (int row = firstRow; row < firstRow + rows; ++row) {
        const int top = row / window.out.width * window.stride - window.padTop;
        const int left = row % window.out.width * window.stride - window.padLeft;
        const Span across = inside(left, window.kernelWidth, window.in.width);
        const std::size_t before = std::size_t(across.first) * channels;
        const std::size_t within = std::size_t(across.last - across.first) * channels;
        for (int ky = 0; ky < window.kernelHeight; ++ky, matrix += line) {
            const int y = top + ky;
            if (y < 0 || y >= window.in.height) {
                zero(matrix, line);
                continue;
            }
            zero(matrix, before);
            const float *from = source + (std::ptrdiff_t(y) * window.in.width + left + across.first) * stride;
            if (dense) {
                copy(matrix + before, from, within);
            } else {
                for (int kx = across.first; kx < across.last; ++kx, from += stride)
                    copy(matrix + std::size_t(kx) * channels, from, channels);
            }
            zero(matrix + before + within, line - before - within);
        }
    }
}

} // namespace reslens
