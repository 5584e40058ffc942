// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/winograd_adjoint.h"

#include "engine/kernels/multiversion.h"
#include "engine/kernels/winograd_lanes.h"

#include <algorithm>

namespace reslens {

namespace {

template <int mY, int rY, int mX, int rX>
RESLENS_INLINE void outputAdjoint(Form<mY, rY, mX, rX>, const Window &window, const float *gradient,
                                  std::ptrdiff_t stride, int firstTile, int tiles, float *products,
                                  std::size_t pointStride)
{
    using F = Form<mY, rY, mX, rX>;
    const int across = ceilDivide(window.out.width, mX);
    const int filters = window.out.channels;
    Lanes tile[mY * mX];
    Lanes half[F::pointsY * mX];
    Lanes point[F::pointsY * F::pointsX];
    for (int t = 0; t < tiles; ++t) {
        const int top = (firstTile + t) / across * mY;
        const int left = (firstTile + t) % across * mX;
        for (int c = 0; c < filters; c += lanes) {
            for (int y = 0; y < mY; ++y) {
                for (int x = 0; x < mX; ++x) {
                    const std::ptrdiff_t position = std::ptrdiff_t(top + y) * window.out.width + left + x;
                    Lanes &to = tile[y * mX + x];
                    if (top + y < window.out.height && left + x < window.out.width)
                        loadLanes(to, gradient + position * stride + c, filters - c);
                    else
                        to = Lanes{};
                }
            }
            for (int x = 0; x < mX; ++x)
                multiply<outputMatrix<mY, rY>, F::pointsY, mY, true>(tile + x, mX, half + x, mX);
            for (int y = 0; y < F::pointsY; ++y)
                multiply<outputMatrix<mX, rX>, F::pointsX, mX, true>(half + y * mX, 1, point + y * F::pointsX,
                                                                     1);
            float *to = products + std::size_t(t) * std::size_t(filters) + std::size_t(c);
            for (int p = 0; p < F::pointsY * F::pointsX; ++p, to += pointStride)
                storeLanes(to, point[p], filters - c);
        }
    }
}

template <int mY, int rY, int mX, int rX>
RESLENS_INLINE void inputAdjoint(Form<mY, rY, mX, rX>, const Window &window, const float *transformed,
                                 std::size_t pointStride, int firstTile, int tiles, int firstChannel,
                                 int channels, bool accumulate, float *gradient, std::ptrdiff_t stride)
{
    using F = Form<mY, rY, mX, rX>;
    const int across = ceilDivide(window.out.width, mX);
    Lanes patch[F::pointsY * F::pointsX];
    Lanes half[F::pointsY * F::pointsX];
    for (int t = 0; t < tiles; ++t) {
        // The first r - 1 lines and columns of a patch overlap those of the tiles above and to the left,
        // which have written there; the rest of it is new.
        const bool below = firstTile + t >= across;
        const bool beside = (firstTile + t) % across > 0;
        const int top = (firstTile + t) / across * mY - window.padTop;
        const int left = (firstTile + t) % across * mX - window.padLeft;
        for (int c = firstChannel; c < firstChannel + channels; c += lanes) {
            const int count = std::min(lanes, firstChannel + channels - c);
            const float *from =
                transformed + std::size_t(t) * std::size_t(window.in.channels) + std::size_t(c);
            for (int p = 0; p < F::pointsY * F::pointsX; ++p, from += pointStride)
                loadLanes(patch[p], from, count);
            for (int x = 0; x < F::pointsX; ++x)
                multiply<inputMatrix<mY, rY>, F::pointsY, F::pointsY, true>(patch + x, F::pointsX, half + x,
                                                                            F::pointsX);
            for (int y = 0; y < F::pointsY; ++y)
                multiply<inputMatrix<mX, rX>, F::pointsX, F::pointsX, true>(half + y * F::pointsX, 1,
                                                                            patch + y * F::pointsX, 1);
            for (int y = std::max(0, -top); y < std::min(F::pointsY, window.in.height - top); ++y) {
                const bool addLine = accumulate || (below && y < rY - 1);
                for (int x = std::max(0, -left); x < std::min(F::pointsX, window.in.width - left); ++x) {
                    float *to =
                        gradient + (std::ptrdiff_t(top + y) * window.in.width + left + x) * stride + c;
                    Lanes sum = patch[y * F::pointsX + x];
                    if (addLine || (beside && x < rX - 1)) {
                        Lanes before;
                        loadLanes(before, to, count);
                        sum += before;
                    }
                    storeLanes(to, sum, count);
                }
            }
        }
    }
}

// Function templates cannot be compiled for several instruction sets. A type cannot be put in parentheses.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define RESLENS_WINOGRAD_ADJOINT(F)                                                                          \
    RESLENS_MULTIVERSION                                                                                     \
    void output(F, const Window &window, const float *gradient, std::ptrdiff_t stride, int firstTile,        \
                int tiles, float *products, std::size_t pointStride)                                         \
    {                                                                                                        \
        outputAdjoint(F{}, window, gradient, stride, firstTile, tiles, products, pointStride);               \
    }                                                                                                        \
    RESLENS_MULTIVERSION                                                                                     \
    void input(F, const Window &window, const float *transformed, std::size_t pointStride, int firstTile,    \
               int tiles, int firstChannel, int channels, bool accumulate, float *gradient,                  \
               std::ptrdiff_t stride)                                                                        \
    {                                                                                                        \
        inputAdjoint(F{}, window, transformed, pointStride, firstTile, tiles, firstChannel, channels,        \
                     accumulate, gradient, stride);                                                          \
    }
// NOLINTEND(bugprone-macro-parentheses)

RESLENS_WINOGRAD_ADJOINT(Square3)
RESLENS_WINOGRAD_ADJOINT(Row7)
RESLENS_WINOGRAD_ADJOINT(Column7)

#undef RESLENS_WINOGRAD_ADJOINT

} // namespace

void winogradOutputAdjoint(Algorithm algorithm, const Window &window, const float *gradient,
                           std::ptrdiff_t stride, int firstTile, int tiles, float *products,
                           std::size_t pointStride)
{
    withForm(algorithm, [&](auto form) {
        output(form, window, gradient, stride, firstTile, tiles, products, pointStride);
    });
}

void winogradInputAdjoint(Algorithm algorithm, const Window &window, const float *transformed,
                          std::size_t pointStride, int firstTile, int tiles, int firstChannel, int channels,
                          bool accumulate, float *gradient, std::ptrdiff_t stride)
{
    withForm(algorithm, [&](auto form) {
        input(form, window, transformed, pointStride, firstTile, tiles, firstChannel, channels, accumulate,
              gradient, stride);
    });
}

} // namespace reslens
