// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/window.h"

#include <cstddef>

namespace reslens {

/// Output positions [firstRow, firstRow + rows) of a pooling window, one value a channel. Positions of the
/// maps are sourceStride and destinationStride floats apart. Values outside the map do not take part: neither
/// in the maximum nor in the average, which divides by the number of values that do (TensorFlow's SAME).
void maxPool(const Window &window, const float *source, std::ptrdiff_t sourceStride, float *destination,
             std::ptrdiff_t destinationStride, int firstRow, int rows);
void averagePool(const Window &window, const float *source, std::ptrdiff_t sourceStride, float *destination,
                 std::ptrdiff_t destinationStride, int firstRow, int rows);

/// means[c] = average of channel c over all positions.
void globalAveragePool(const Shape &shape, const float *source, std::ptrdiff_t stride, float *means);

} // namespace reslens
