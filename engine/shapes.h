// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"

#include <vector>

namespace reslens {

/// Sides of the square input that the network takes, in pixels: below the least one nothing would be left at
/// its end.
inline constexpr int leastInputSize = 75;
inline constexpr int greatestInputSize = 4096;

/// Output shape of every node for a square RGB image of inputSize × inputSize. Throws Error(InvalidArgument)
/// outside leastInputSize to greatestInputSize.
std::vector<Shape> inferShapes(const Description &description, int inputSize);

} // namespace reslens
