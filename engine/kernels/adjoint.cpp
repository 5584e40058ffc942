// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/adjoint.h"

#include "engine/kernels/multiversion.h"

#include <algorithm>
#include <array>

namespace reslens {

namespace {

RESLENS_MULTIVERSION
void chooseGreater(const float *values, int count, std::uint8_t place, float *greatest, std::uint8_t *choice)
{
    for (int i = 0; i < count; ++i) {
        choice[i] = values[i] > greatest[i] ? place : choice[i];
        greatest[i] = std::max(values[i], greatest[i]);
    }
}

RESLENS_MULTIVERSION
void addScaled(float *to, const float *from, float factor, int count)
{
    for (int i = 0; i < count; ++i)
        to[i] += from[i] * factor;
}

RESLENS_MULTIVERSION
void addChosen(float *to, const float *from, const std::uint8_t *choices, std::uint8_t place, int count)
{
    for (int i = 0; i < count; ++i)
        to[i] += choices[i] == place ? from[i] : 0.0F;
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

/// How many positions of the map lie under a window.
int positionsUnder(const Window &window, int row)
{
    int count = 0;
    underWindow(window, row, [&](int, std::ptrdiff_t) { ++count; });
    return count;
}

/// Calls visit(place within the window, row of the window) for each window over the source position (y, x).
template <typename Visit>
void windowsOver(const Window &window, int y, int x, const Visit &visit)
{
    for (int ky = 0; ky < window.kernelHeight; ++ky) {
        const int line = y + window.padTop - ky;
        if (line < 0 || line % window.stride != 0 || line / window.stride >= window.out.height)
            continue;
        for (int kx = 0; kx < window.kernelWidth; ++kx) {
            const int column = x + window.padLeft - kx;
            if (column >= 0 && column % window.stride == 0 && column / window.stride < window.out.width)
                visit(ky * window.kernelWidth + kx,
                      line / window.stride * window.out.width + column / window.stride);
        }
    }
}

/// Calls add(gradient of the position, y, x) for the positions of some lines of a map.
template <typename Add>
void forEachPosition(const Window &window, int firstLine, int lines, bool accumulate, float *gradient,
                     std::ptrdiff_t stride, const Add &add)
{
    for (int y = firstLine; y < firstLine + lines; ++y) {
        for (int x = 0; x < window.in.width; ++x) {
            float *to = gradient + (std::ptrdiff_t(y) * window.in.width + x) * stride;
            if (!accumulate)
                std::fill_n(to, window.in.channels, 0.0F);
            add(to, y, x);
        }
    }
}

/// Adds what a line of windows has for the line of the map under one of their own lines; `matrix` begins at
/// the first window's part. From right to left, so that what comes to a position comes in the order of the
/// places within the window.
RESLENS_MULTIVERSION
void addLine(const Window &window, const float *matrix, float *gradient, std::ptrdiff_t stride)
{
    const int channels = window.in.channels;
    for (int x = window.out.width - 1; x >= 0; --x) {
        const int left = x * window.stride - window.padLeft;
        const int first = std::max(0, -left);
        const int last = std::min(window.kernelWidth, window.in.width - left);
        const float *from = matrix + std::ptrdiff_t(x) * window.depth() + std::ptrdiff_t(first) * channels;
        float *to = gradient + (left + first) * stride;
        if (stride == channels) {
            const int count = (last - first) * channels;
            for (int i = 0; i < count; ++i)
                to[i] += from[i];
            continue;
        }
        for (int kx = first; kx < last; ++kx, from += channels, to += stride) {
            for (int i = 0; i < channels; ++i)
                to[i] += from[i];
        }
    }
}

} // namespace

void col2im(const Window &window, const float *matrix, int firstLine, int lines, bool accumulate,
            float *gradient, std::ptrdiff_t stride)
{
    const int channels = window.in.channels;
    if (!accumulate)
        forEachPosition(window, firstLine, lines, false, gradient, stride, [](float *, int, int) {});
    for (int y = firstLine; y < firstLine + lines; ++y) {
        for (int ky = 0; ky < window.kernelHeight; ++ky) {
            const int line = y + window.padTop - ky;
            if (line >= 0 && line % window.stride == 0 && line / window.stride < window.out.height)
                addLine(window,
                        matrix + std::ptrdiff_t(line / window.stride) * window.out.width * window.depth() +
                            std::ptrdiff_t(ky) * window.kernelWidth * channels,
                        gradient + std::ptrdiff_t(y) * window.in.width * stride, stride);
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
                    std::ptrdiff_t outputStride, int firstLine, int lines, bool accumulate, float *gradient,
                    std::ptrdiff_t stride)
{
    const int channels = window.in.channels;
    forEachPosition(window, firstLine, lines, accumulate, gradient, stride, [&](float *to, int y, int x) {
        windowsOver(window, y, x, [&](int place, int row) {
            addChosen(to, outputGradient + row * outputStride, choices + std::ptrdiff_t(row) * channels,
                      std::uint8_t(place), channels);
        });
    });
}

void averagePoolAdjoint(const Window &window, const float *outputGradient, std::ptrdiff_t outputStride,
                        int firstLine, int lines, bool accumulate, float *gradient, std::ptrdiff_t stride)
{
    const int channels = window.in.channels;
    forEachPosition(window, firstLine, lines, accumulate, gradient, stride, [&](float *to, int y, int x) {
        windowsOver(window, y, x, [&](int, int row) {
            addScaled(to, outputGradient + row * outputStride, 1.0F / float(positionsUnder(window, row)),
                      channels);
        });
    });
}

} // namespace reslens
