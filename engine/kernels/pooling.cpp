// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/pooling.h"

#include "engine/kernels/multiversion.h"

#include <algorithm>

namespace reslens {

namespace {

/// The part of a window that lies on the map: rows [top, bottom), columns [left, right).
struct Cover
{
    int top;
    int bottom;
    int left;
    int right;
};

Cover coverOf(const Window &window, int row)
{
    const int top = row / window.out.width * window.stride - window.padTop;
    const int left = row % window.out.width * window.stride - window.padLeft;
    return {std::max(top, 0), std::min(top + window.kernelHeight, window.in.height), std::max(left, 0),
            std::min(left + window.kernelWidth, window.in.width)};
}

} // namespace

RESLENS_MULTIVERSION
void maxPool(const Window &window, const float *source, std::ptrdiff_t sourceStride, float *destination,
             std::ptrdiff_t destinationStride, int firstRow, int rows)
{
    const int channels = window.in.channels;
    for (int row = firstRow; row < firstRow + rows; ++row) {
        const Cover cover = coverOf(window, row);
        float *out = destination + row * destinationStride;
        const float *first =
            source + (std::ptrdiff_t(cover.top) * window.in.width + cover.left) * sourceStride;
        std::copy_n(first, channels, out);
        for (int y = cover.top; y < cover.bottom; ++y) {
            for (int x = cover.left; x < cover.right; ++x) {
                const float *in = source + (std::ptrdiff_t(y) * window.in.width + x) * sourceStride;
                for (int c = 0; c < channels; ++c)
                    out[c] = std::max(out[c], in[c]);
            }
        }
    }
}

RESLENS_MULTIVERSION
void averagePool(const Window &window, const float *source, std::ptrdiff_t sourceStride, float *destination,
                 std::ptrdiff_t destinationStride, int firstRow, int rows)
{
    const int channels = window.in.channels;
    for (int row = firstRow; row < firstRow + rows; ++row) {
        const Cover cover = coverOf(window, row);
        float *out = destination + row * destinationStride;
        std::fill_n(out, channels, 0.0F);
        for (int y = cover.top; y < cover.bottom; ++y) {
            for (int x = cover.left; x < cover.right; ++x) {
                const float *in = source + (std::ptrdiff_t(y) * window.in.width + x) * sourceStride;
                for (int c = 0; c < channels; ++c)
                    out[c] += in[c];
            }
        }
        const float share = 1.0F / float((cover.bottom - cover.top) * (cover.right - cover.left));
        for (int c = 0; c < channels; ++c)
            out[c] *= share;
    }
}

RESLENS_MULTIVERSION
void globalAveragePool(const Shape &shape, const float *source, std::ptrdiff_t stride, float *means)
{
    std::fill_n(means, shape.channels, 0.0F);
    const int positions = int(shape.positions());
    for (int p = 0; p < positions; ++p, source += stride) {
        for (int c = 0; c < shape.channels; ++c)
            means[c] += source[c];
    }
    for (int c = 0; c < shape.channels; ++c)
        means[c] /= float(positions);
}

} // namespace reslens
