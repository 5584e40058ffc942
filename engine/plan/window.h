// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"
#include "engine/kernels/window.h"

#include <vector>

namespace reslens {

/// The window of a convolution or pooling node; `shapes` as from inferShapes(). Where TensorFlow's SAME
/// padding is odd, the odd pixel goes to the bottom and right.
Window windowOf(const Description &description, const std::vector<Shape> &shapes, int node);

} // namespace reslens
