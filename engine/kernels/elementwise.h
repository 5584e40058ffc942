// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace reslens {

/// For rows × columns values whose rows are `stride` floats apart: adds bias[column] to each, and with relu
/// replaces negative values by zero.
void addBias(float *values, std::ptrdiff_t stride, int rows, int columns, const float *bias, bool relu);

/// trunk += residual, both rows × columns, and with relu negative sums become zero.
void addResidual(float *trunk, std::ptrdiff_t trunkStride, const float *residual,
                 std::ptrdiff_t residualStride, int rows, int columns, bool relu);

/// values *= factor.
void scale(float *values, std::ptrdiff_t stride, int rows, int columns, float factor);

/// max(0, ·) in place.
void relu(float *values, std::ptrdiff_t stride, int rows, int columns);

/// Σ a·b, added up in double precision.
double innerProduct(const float *a, const float *b, std::size_t count);

/// No infinity and no NaN among the values.
bool allFinite(const float *values, std::size_t count);

/// Copies, and returns what allFinite() says of the values.
bool copyFinite(const float *values, std::size_t count, float *to);

/// probabilities = softmax(logits), with the largest logit subtracted first.
void softmax(const float *logits, int classes, float *probabilities);

} // namespace reslens
