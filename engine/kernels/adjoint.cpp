// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/adjoint.h"

#include "engine/kernels/multiversion.h"

#include <algorithm>
#include <array>
#include <vector>

namespace reslens {

namespace {

RESLENS_MULTIVERSION
void add(float *to, const float *from, int count)
{
    for (int i = 0; i < count; ++i)
        to[i] += from[i];
}

RESLENS_MULTIVERSION
void chooseGreater(const float *values, int count, std::uint8_t place, float *greatest, std::uint8_t *choice)
{
    for (int i = 0; i < count; ++i) {
        choice[i] = values[i] > greatest[i] ? place : choice[i];
        greatest[i] = std::max(values[i], greatest[i]);
    }
}

/// Calls visit(place within the window, source position) for what lies on the map.
template <typename Visit>
void underWindow(const Window &window, int row, const Visit &visit)
{
    const int top = row / window.out.width * window.stride - window.padTop;
    const int left = row % window.out.width * window.stride - window.padLeft;
    for (int y = std::max(0, -top); y < std::min(window.kernelHeight, window.in.height - top); ++y) {
        for (int x = std::max(0, -left); x < std::min(window.kernelWidth, window.in.width - left); ++x)
            visit(y * window.kernelWidth + x, std::ptrdiff_t(top + y) * window.in.width + left + x);
    }
}

} // namespace

void col2im(const Window &window, const float *matrix, int firstLine, int lines, float *gradient,
            std::ptrdiff_t stride)
{
    const int channels = window.in.channels;
    for (int line = firstLine; line < firstLine + lines; ++line) {
        for (int ky = 0; ky < window.kernelHeight; ++ky) {
            const int offset = line + window.padTop - ky;
            if (offset < 0 || offset % window.stride != 0 || offset / window.stride >= window.out.height)
                continue;
            for (int x = 0; x < window.out.width; ++x) {
                const int left = x * window.stride - window.padLeft;
                const int row = offset / window.stride * window.out.width + x;
                const float *from = matrix + std::ptrdiff_t(row) * window.depth() +
                                    std::ptrdiff_t(ky) * window.kernelWidth * channels;
                for (int kx = std::max(0, -left); kx < std::min(window.kernelWidth, window.in.width - left);
                     ++kx)
                    add(gradient + (std::ptrdiff_t(line) * window.in.width + left + kx) * stride,
                        from + std::ptrdiff_t(kx) * channels, channels);
            }
        }
    }
}

void maxPoolChoices(const Window &window, const float *source, std::ptrdiff_t stride, int firstRow, int rows,
                    std::uint8_t *choices)
{
    // On the stack, since this runs on threads that must not throw.
    constexpr int most = 256;
    std::array<float, most> greatest;
    for (int row = firstRow; row < firstRow + rows; ++row) {
        for (int channel = 0; channel < window.in.channels; channel += most) {
            const int channels = std::min(most, window.in.channels - channel);
            std::uint8_t *choice = choices + std::ptrdiff_t(row) * window.in.channels + channel;
            bool first = true;
            underWindow(window, row, [&](int place, std::ptrdiff_t position) {
                const float *values = source + position * stride + channel;
                if (first) {
                    std::copy_n(values, channels, greatest.begin());
                    std::fill_n(choice, channels, std::uint8_t(place));
                } else {
                    chooseGreater(values, channels, std::uint8_t(place), greatest.data(), choice);
                }
                first = false;
            });
        }
    }
}

void maxPoolAdjoint(const Window &window, const std::uint8_t *choices, const float *outputGradient,
                    std::ptrdiff_t outputStride, int firstChannel, int channels, float *gradient,
                    std::ptrdiff_t stride)
{
    for (int row = 0; row < window.rows(); ++row) {
        const int top = row / window.out.width * window.stride - window.padTop;
        const int left = row % window.out.width * window.stride - window.padLeft;
        const std::uint8_t *choice = choices + std::ptrdiff_t(row) * window.in.channels;
        const float *from = outputGradient + row * outputStride;
        for (int c = firstChannel; c < firstChannel + channels; ++c) {
            const std::ptrdiff_t y = top + choice[c] / window.kernelWidth;
            const std::ptrdiff_t x = left + choice[c] % window.kernelWidth;
            gradient[(y * window.in.width + x) * stride + c] += from[c];
        }
    }
}

void averagePoolAdjoint(const Window &window, const float *outputGradient, std::ptrdiff_t outputStride,
                        int firstChannel, int channels, float *gradient, std::ptrdiff_t stride)
{
    for (int row = 0; row < window.rows(); ++row) {
        int count = 0;
        underWindow(window, row, [&](int, std::ptrdiff_t) { ++count; });
        const float *from = outputGradient + row * outputStride;
        underWindow(window, row, [&](int, std::ptrdiff_t position) {
            for (int c = firstChannel; c < firstChannel + channels; ++c)
                gradient[position * stride + c] += from[c] / float(count);
        });
    }
}

RESLENS_MULTIVERSION
void openGates(const float *values, std::ptrdiff_t stride, int rows, int columns, std::uint8_t *gates)
{
    for (int row = 0; row < rows; ++row, values += stride, gates += columns) {
        for (int i = 0; i < columns; ++i)
            gates[i] = values[i] > 0 ? 1 : 0;
    }
}

RESLENS_MULTIVERSION
void applyGates(const std::uint8_t *gates, int rows, int columns, float *gradient, std::ptrdiff_t stride)
{
    for (int row = 0; row < rows; ++row, gradient += stride, gates += columns) {
        for (int i = 0; i < columns; ++i)
            gradient[i] = gates[i] ? gradient[i] : 0.0F;
    }
}

} // namespace reslens
