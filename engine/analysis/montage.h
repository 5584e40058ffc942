// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/colormap.h"
#include "engine/imaging/image.h"
#include "engine/tensor.h"

namespace reslens {

/// All channels of a map as one picture: tiles row by row from the top left in a grid that is about as wide
/// as high, one pixel of mid-grey between them, all on the same colour scale. A value is a square of whole
/// pixels: one pixel for maps of 17 × 17 and more, larger for smaller ones, so that tiles are at least 17
/// pixels wide or high. Throws Error(InvalidArgument) for a map without values.
Image montage(const TensorView &map, const ColorScale &scale);

} // namespace reslens
