// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>

namespace reslens {

/// Points at which the polynomials are evaluated, besides infinity; small ones and their reciprocals keep the
/// rounding error low (Barabasz et al. 2020).
inline constexpr std::array<double, 9> cookToomPoints{0, 1, -1, 0.5, -2, 2, -0.5, 0.75, -0.75};

/// The matrices of the minimal filtering algorithm F(m, r), which computes m neighbouring outputs of a filter
/// with r taps by m + r - 1 multiplications: y = Aᵀ[(G g) ⊙ (Bᵀ d)] (Cook & Toom 1966; Winograd 1980; Lavin &
/// Gray 2016).
template <int outputs, int taps>
struct CookToom
{
    static constexpr int points = outputs + taps - 1;
    static_assert(points - 1 <= int(cookToomPoints.size()));

    template <int rows, int columns>
    using Matrix = std::array<std::array<double, std::size_t(columns)>, std::size_t(rows)>;

    Matrix<points, points> input{};   ///< Bᵀ
    Matrix<points, taps> kernel{};    ///< G
    Matrix<outputs, points> output{}; ///< Aᵀ

    constexpr CookToom()
    {
        constexpr int finite = points - 1;
        for (int i = 0; i < finite; ++i) {
            const std::array<double, std::size_t(points)> others = product(i);
            double atPoint = 0;
            double scale = 0;
            double power = 1;
            for (int k = 0; k < finite; ++k, power *= point(i)) {
                input[std::size_t(i)][std::size_t(k)] = others[std::size_t(k)];
                atPoint += others[std::size_t(k)] * power;
                scale += others[std::size_t(k)] < 0 ? -others[std::size_t(k)] : others[std::size_t(k)];
            }
            // A power of two moved from Bᵀ to G costs no precision and keeps both of order one.
            const double balance = powerOfTwo(scale);
            for (int k = 0; k < finite; ++k)
                input[std::size_t(i)][std::size_t(k)] /= balance;
            power = 1;
            for (int j = 0; j < taps; ++j, power *= point(i))
                kernel[std::size_t(i)][std::size_t(j)] = power * balance / atPoint;
            power = 1;
            for (int j = 0; j < outputs; ++j, power *= point(i))
                output[std::size_t(j)][std::size_t(i)] = power;
        }
        const std::array<double, std::size_t(points)> all = product(-1);
        for (int k = 0; k < points; ++k)
            input[std::size_t(finite)][std::size_t(k)] = all[std::size_t(k)];
        kernel[std::size_t(finite)][std::size_t(taps - 1)] = 1;
        output[std::size_t(outputs - 1)][std::size_t(finite)] = 1;
    }

private:
    static constexpr double point(int i) { return cookToomPoints[std::size_t(i)]; }

    /// Coefficients of the product of (x - point) over all finite points but one.
    static constexpr std::array<double, std::size_t(points)> product(int without)
    {
        std::array<double, std::size_t(points)> coefficients{};
        coefficients[0] = 1;
        for (int i = 0, degree = 0; i < points - 1; ++i) {
            if (i == without)
                continue;
            ++degree;
            for (int k = degree; k >= 0; --k)
                coefficients[std::size_t(k)] =
                    (k > 0 ? coefficients[std::size_t(k - 1)] : 0) - point(i) * coefficients[std::size_t(k)];
        }
        return coefficients;
    }

    static constexpr double powerOfTwo(double value)
    {
        double power = 1;
        while (power * 1.5 < value)
            power *= 2;
        while (power > value * 1.5)
            power /= 2;
        return power;
    }
};

} // namespace reslens
