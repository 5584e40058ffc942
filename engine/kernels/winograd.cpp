// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/winograd.h"

#include "engine/kernels/multiversion.h"
#include "engine/kernels/winograd_lanes.h"

#include <algorithm>
#include <limits>

namespace reslens {

namespace {

template <int mY, int rY, int mX, int rX>
RESLENS_INLINE void transformInput(Form<mY, rY, mX, rX>, const Window &window, const float *source,
                                   std::ptrdiff_t stride, int firstTile, int tiles, float *transformed,
                                   std::size_t pointStride)
{
    using F = Form<mY, rY, mX, rX>;
    const int across = ceilDivide(window.out.width, mX);
    const int channels = window.in.channels;
    Lanes patch[F::pointsY * F::pointsX];
    Lanes half[F::pointsY * F::pointsX];
    for (int t = 0; t < tiles; ++t) {
        const int top = (firstTile + t) / across * mY - window.padTop;
        const int left = (firstTile + t) % across * mX - window.padLeft;
        for (int c = 0; c < channels; c += lanes) {
            for (int y = 0; y < F::pointsY; ++y) {
                for (int x = 0; x < F::pointsX; ++x) {
                    const bool inside = top + y >= 0 && top + y < window.in.height && left + x >= 0 &&
                                        left + x < window.in.width;
                    const std::ptrdiff_t position = std::ptrdiff_t(top + y) * window.in.width + left + x;
                    Lanes &to = patch[y * F::pointsX + x];
                    if (inside)
                        loadLanes(to, source + position * stride + c, channels - c);
                    else
                        to = Lanes{};
                }
            }
            for (int x = 0; x < F::pointsX; ++x)
                multiply<inputMatrix<mY, rY>, F::pointsY, F::pointsY>(patch + x, F::pointsX, half + x,
                                                                      F::pointsX);
            for (int y = 0; y < F::pointsY; ++y)
                multiply<inputMatrix<mX, rX>, F::pointsX, F::pointsX>(half + y * F::pointsX, 1,
                                                                      patch + y * F::pointsX, 1);
            float *to = transformed + std::size_t(t) * std::size_t(channels) + std::size_t(c);
            for (int p = 0; p < F::pointsY * F::pointsX; ++p, to += pointStride)
                storeLanes(to, patch[p], channels - c);
        }
    }
}

template <int mY, int rY, int mX, int rX>
RESLENS_INLINE void transformOutput(Form<mY, rY, mX, rX>, const Window &window, const float *products,
                                    std::size_t pointStride, int firstTile, int tiles, const float *bias,
                                    bool relu, float *destination, std::ptrdiff_t stride)
{
    using F = Form<mY, rY, mX, rX>;
    const int across = ceilDivide(window.out.width, mX);
    const int filters = window.out.channels;
    const Lanes floor = Lanes{} + (relu ? 0.0F : -std::numeric_limits<float>::infinity());
    Lanes point[F::pointsY * F::pointsX];
    Lanes half[mY * F::pointsX];
    Lanes tile[mY * mX];
    for (int t = 0; t < tiles; ++t) {
        const int top = (firstTile + t) / across * mY;
        const int left = (firstTile + t) % across * mX;
        for (int c = 0; c < filters; c += lanes) {
            const float *from = products + std::size_t(t) * std::size_t(filters) + std::size_t(c);
            for (int p = 0; p < F::pointsY * F::pointsX; ++p, from += pointStride)
                loadLanes(point[p], from, filters - c);
            for (int x = 0; x < F::pointsX; ++x)
                multiply<outputMatrix<mY, rY>, mY, F::pointsY>(point + x, F::pointsX, half + x, F::pointsX);
            for (int y = 0; y < mY; ++y)
                multiply<outputMatrix<mX, rX>, mX, F::pointsX>(half + y * F::pointsX, 1, tile + y * mX, 1);
            Lanes shift;
            loadLanes(shift, bias + c, filters - c);
            for (int y = 0; y < std::min(mY, window.out.height - top); ++y) {
                for (int x = 0; x < std::min(mX, window.out.width - left); ++x) {
                    const std::ptrdiff_t position = std::ptrdiff_t(top + y) * window.out.width + left + x;
                    const Lanes value = tile[y * mX + x] + shift;
                    storeLanes(destination + position * stride + c, value < floor ? floor : value,
                               filters - c);
                }
            }
        }
    }
}

template <int mY, int rY, int mX, int rX>
void transformKernel(Form<mY, rY, mX, rX>, const Window &window, const float *kernel, float *transformed)
{
    using F = Form<mY, rY, mX, rX>;
    const std::size_t plane = std::size_t(window.in.channels) * std::size_t(window.out.channels);
    std::fill_n(transformed, plane * std::size_t(F::pointsY * F::pointsX), 0.0F);
    for (int y = 0; y < F::pointsY; ++y) {
        for (int x = 0; x < F::pointsX; ++x) {
            float *to = transformed + std::size_t(y * F::pointsX + x) * plane;
            for (int ky = 0; ky < rY; ++ky) {
                for (int kx = 0; kx < rX; ++kx) {
                    const float factor = float(cookToom<mY, rY>.kernel[std::size_t(y)][std::size_t(ky)] *
                                               cookToom<mX, rX>.kernel[std::size_t(x)][std::size_t(kx)]);
                    const float *from = kernel + std::size_t(ky * rX + kx) * plane;
                    for (std::size_t i = 0; i < plane; ++i)
                        to[i] += factor * from[i];
                }
            }
        }
    }
}

// Function templates cannot be compiled for several instruction sets. A type cannot be put in parentheses.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define RESLENS_WINOGRAD(F)                                                                                  \
    RESLENS_MULTIVERSION                                                                                     \
    void input(F, const Window &window, const float *source, std::ptrdiff_t stride, int firstTile,           \
               int tiles, float *transformed, std::size_t pointStride)                                       \
    {                                                                                                        \
        transformInput(F{}, window, source, stride, firstTile, tiles, transformed, pointStride);             \
    }                                                                                                        \
    RESLENS_MULTIVERSION                                                                                     \
    void output(F, const Window &window, const float *products, std::size_t pointStride, int firstTile,      \
                int tiles, const float *bias, bool relu, float *destination, std::ptrdiff_t stride)          \
    {                                                                                                        \
        transformOutput(F{}, window, products, pointStride, firstTile, tiles, bias, relu, destination,       \
                        stride);                                                                             \
    }
// NOLINTEND(bugprone-macro-parentheses)

RESLENS_WINOGRAD(Square3)
RESLENS_WINOGRAD(Row7)
RESLENS_WINOGRAD(Column7)

#undef RESLENS_WINOGRAD

} // namespace

WinogradForm winogradForm(Algorithm algorithm)
{
    return withForm(algorithm, []<int mY, int rY, int mX, int rX>(Form<mY, rY, mX, rX> form) {
        return WinogradForm{.points = form.pointsY * form.pointsX,
                            .tileHeight = mY,
                            .tileWidth = mX,
                            .kernelHeight = rY,
                            .kernelWidth = rX};
    });
}

Algorithm chooseAlgorithm(const Window &window)
{
    const auto fullVectors = [](int channels) { return ceilDivide(channels, lanes) * lanes; };
    if (window.stride != 1)
        return Algorithm::Im2col;
    for (const Algorithm algorithm :
         {Algorithm::WinogradSquare3, Algorithm::WinogradRow7, Algorithm::WinogradColumn7}) {
        const WinogradForm form = winogradForm(algorithm);
        if (form.kernelHeight != window.kernelHeight || form.kernelWidth != window.kernelWidth)
            continue;
        // In multiply-adds: what it costs to move and transform a value, in full vectors, and to gather one.
        constexpr double transform = 14;
        constexpr double gather = 10;
        const double in = window.in.channels;
        const double out = window.out.channels;
        const double values = double(form.tiles(window)) * form.points;
        const double winograd = values * (in * out + transform * double(fullVectors(window.in.channels) +
                                                                        fullVectors(window.out.channels)));
        const double im2col = double(window.rows()) * window.depth() * (out + gather);
        if (winograd < im2col)
            return algorithm;
    }
    return Algorithm::Im2col;
}

void winogradKernel(Algorithm algorithm, const Window &window, const float *kernel, float *transformed)
{
    withForm(algorithm, [&](auto form) { transformKernel(form, window, kernel, transformed); });
}

void winogradInput(Algorithm algorithm, const Window &window, const float *source, std::ptrdiff_t stride,
                   int firstTile, int tiles, float *transformed, std::size_t pointStride)
{
    withForm(algorithm, [&](auto form) {
        input(form, window, source, stride, firstTile, tiles, transformed, pointStride);
    });
}

void winogradOutput(Algorithm algorithm, const Window &window, const float *products, std::size_t pointStride,
                    int firstTile, int tiles, const float *bias, bool relu, float *destination,
                    std::ptrdiff_t stride)
{
    withForm(algorithm, [&](auto form) {
        output(form, window, products, pointStride, firstTile, tiles, bias, relu, destination, stride);
    });
}

} // namespace reslens
