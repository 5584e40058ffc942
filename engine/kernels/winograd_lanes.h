// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/cook_toom.h"

#include <cstddef>
#include <cstring>
#include <utility>

// Inlined into each multi-versioned caller, so that it is compiled for that caller's instruction set.
#if defined(__GNUC__)
#define RESLENS_INLINE [[gnu::always_inline]] inline
#else
#define RESLENS_INLINE inline
#endif

namespace reslens {

/// Channels that are transformed together: one vector register on the widest machines, a few elsewhere. As a
/// vector type, since loops over arrays that are unrolled this far end up half in scalars.
inline constexpr int lanes = 16;
using Lanes [[gnu::vector_size(lanes * sizeof(float))]] = float;

template <int m, int r>
inline constexpr CookToom<m, r> cookToom{};

/// F(mY × mX, rY × rX): mY × mX outputs of a kernel with rY × rX taps. m = r = 1 leaves an axis alone.
template <int mY, int rY, int mX, int rX>
struct Form
{
    static constexpr int pointsY = mY + rY - 1;
    static constexpr int pointsX = mX + rX - 1;
};

template <int count, typename Body>
RESLENS_INLINE void unrolled(Body body)
{
    [&]<int... i>(std::integer_sequence<int, i...>) __attribute__((always_inline))
    {
        (body(std::integral_constant<int, i>{}), ...);
    }
    (std::make_integer_sequence<int, count>{});
}

/// to[i] = Σ_k matrix[i][k]·from[k] for vectors of lanes, or with the matrix transposed; zero coefficients
/// cost nothing. The matrix is a compile-time constant; consecutive vectors are `step` apart.
template <const auto &matrix, int rows, int columns, bool transposed = false>
RESLENS_INLINE void multiply(const Lanes *from, int fromStep, Lanes *to, int toStep)
{
    unrolled<rows>([&](auto i) __attribute__((always_inline)) {
        Lanes sum = {};
        unrolled<columns>([&](auto k) __attribute__((always_inline)) {
            constexpr float factor = transposed ? float(matrix[std::size_t(k())][std::size_t(i())])
                                                : float(matrix[std::size_t(i())][std::size_t(k())]);
            if constexpr (factor != 0)
                sum += factor * from[k() * fromStep];
        });
        to[i() * toStep] = sum;
    });
}

/// Of `count` values, the first `lanes`; missing ones become zero.
RESLENS_INLINE void loadLanes(Lanes &to, const float *from, int count)
{
    if (count >= lanes) {
        std::memcpy(&to, from, sizeof to);
    } else {
        to = Lanes{};
        for (int lane = 0; lane < count; ++lane)
            to[lane] = from[lane];
    }
}

RESLENS_INLINE void storeLanes(float *to, const Lanes &from, int count)
{
    if (count >= lanes) {
        std::memcpy(to, &from, sizeof from);
    } else {
        for (int lane = 0; lane < count; ++lane)
            to[lane] = from[lane];
    }
}

} // namespace reslens
