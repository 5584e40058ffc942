// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/cook_toom.h"
#include "engine/kernels/lanes.h"
#include "engine/kernels/winograd.h"

#include <cassert>
#include <cstddef>
#include <utility>

namespace reslens {

template <int m, int r>
inline constexpr CookToom<m, r> cookToom{};

// On their own, since clang before 18 takes no member for a template's argument.
template <int m, int r>
inline constexpr auto inputMatrix = cookToom<m, r>.input;
template <int m, int r>
inline constexpr auto outputMatrix = cookToom<m, r>.output;

/// F(mY × mX, rY × rX): mY × mX outputs of a kernel with rY × rX taps. m = r = 1 leaves an axis alone.
template <int mY, int rY, int mX, int rX>
struct Form
{
    static constexpr int pointsY = mY + rY - 1;
    static constexpr int pointsX = mX + rX - 1;
};

using Square3 = Form<4, 3, 4, 3>;
using Row7 = Form<1, 1, 4, 7>;
using Column7 = Form<4, 7, 1, 1>;

/// Calls visit with the form behind an algorithm other than Im2col, and returns what it returns.
template <typename Visit>
auto withForm(Algorithm algorithm, const Visit &visit)
{
    assert(algorithm != Algorithm::Im2col);
    switch (algorithm) {
    case Algorithm::WinogradRow7:
        return visit(Row7{});
    case Algorithm::WinogradColumn7:
        return visit(Column7{});
    default:
        return visit(Square3{});
    }
}

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

} // namespace reslens
