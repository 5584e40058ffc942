// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/elementwise.h"

#include "engine/kernels/multiversion.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace reslens {

namespace {

/// 1 for an infinity or a NaN, else 0. By the exponent, which is all ones in both; comparing floats would not
/// be vectorized.
constexpr std::uint32_t notFinite(float value)
{
    constexpr std::uint32_t exponent = 0x7f800000;
    return std::uint32_t((std::bit_cast<std::uint32_t>(value) & exponent) == exponent);
}

} // namespace

RESLENS_MULTIVERSION
void addBias(float *values, std::ptrdiff_t stride, int rows, int columns, const float *bias, bool relu)
{
    for (int row = 0; row < rows; ++row, values += stride) {
        if (relu) {
            for (int i = 0; i < columns; ++i)
                values[i] = std::max(values[i] + bias[i], 0.0F);
        } else {
            for (int i = 0; i < columns; ++i)
                values[i] += bias[i];
        }
    }
}

RESLENS_MULTIVERSION
void addResidual(float *trunk, std::ptrdiff_t trunkStride, const float *residual,
                 std::ptrdiff_t residualStride, int rows, int columns, bool relu)
{
    for (int row = 0; row < rows; ++row, trunk += trunkStride, residual += residualStride) {
        if (relu) {
            for (int i = 0; i < columns; ++i)
                trunk[i] = std::max(trunk[i] + residual[i], 0.0F);
        } else {
            for (int i = 0; i < columns; ++i)
                trunk[i] += residual[i];
        }
    }
}

RESLENS_MULTIVERSION
void scale(float *values, std::ptrdiff_t stride, int rows, int columns, float factor)
{
    for (int row = 0; row < rows; ++row, values += stride) {
        for (int i = 0; i < columns; ++i)
            values[i] *= factor;
    }
}

RESLENS_MULTIVERSION
void relu(float *values, std::ptrdiff_t stride, int rows, int columns)
{
    for (int row = 0; row < rows; ++row, values += stride) {
        for (int i = 0; i < columns; ++i)
            values[i] = std::max(values[i], 0.0F);
    }
}

RESLENS_MULTIVERSION
double innerProduct(const float *a, const float *b, std::size_t count)
{
    constexpr std::size_t lanes = 16;
    double sums[lanes] = {};
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane)
            sums[lane] += double(a[i + lane]) * double(b[i + lane]);
    }
    for (; i < count; ++i)
        sums[0] += double(a[i]) * double(b[i]);
    return std::accumulate(sums, sums + lanes, 0.0);
}

RESLENS_MULTIVERSION
bool allFinite(const float *values, std::size_t count)
{
    std::uint32_t found = 0;
    for (std::size_t i = 0; i < count; ++i)
        found |= notFinite(values[i]);
    return found == 0;
}

RESLENS_MULTIVERSION
bool copyFinite(const float *values, std::size_t count, float *to)
{
    std::uint32_t found = 0;
    for (std::size_t i = 0; i < count; ++i) {
        to[i] = values[i];
        found |= notFinite(values[i]);
    }
    return found == 0;
}

void softmax(const float *logits, int classes, float *probabilities)
{
    const float largest = *std::max_element(logits, logits + classes);
    double sum = 0;
    for (int i = 0; i < classes; ++i) {
        probabilities[i] = std::exp(logits[i] - largest);
        sum += double(probabilities[i]);
    }
    for (int i = 0; i < classes; ++i)
        probabilities[i] = float(double(probabilities[i]) / sum);
}

} // namespace reslens
