// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/colormap.h"
#include "engine/analysis/geometry.h"
#include "engine/imaging/image.h"
#include "engine/tensor.h"

#include <string>

namespace reslens {

// How a map becomes something to look at. Maps are height × width × 1.

/// Between which values a map lies.
struct MapRange
{
    float minimum = 0; ///< raw, as is the maximum
    float maximum = 0;
    /// 99 of 100 values are no further from zero: where colours end, so that a few outliers among a
    /// gradient's pixels do not leave all others pale. 0: at the greatest magnitude.
    float extent = 0;

    bool operator==(const MapRange &) const = default;
};

/// Throws Error(Damaged) for a map with values that are not finite: no colour could stand for them.
MapRange rangeOf(const Tensor &map);

/// Signed maps: the diverging colours, as far to either side, so that 0 is exactly in their middle. Others:
/// inferno from 0. What lies beyond the range's extent has the last colour.
ColorScale saliencyScale(const MapRange &range, bool isSigned);

/// In words what colours cannot show: a map that is zero everywhere, that has one value everywhere, or that
/// knows only evidence against the class. Empty for all other maps.
std::string remarkOn(const MapRange &range, bool isSigned);

/// The map at height × width, interpolated by cubic convolution (Keys 1981, a = -0.5; centres of pixels
/// aligned, edges repeated) and kept within the map's own range: meant for enlarging, where it passes through
/// every value.
Tensor enlarged(const Tensor &map, int height, int width);

/// The same for a map whose positions lie on the network's input as `geometry` says, at side × side for the
/// whole input of inputSize × inputSize: past the outermost positions their values go on.
Tensor enlarged(const Tensor &map, const MapGeometry &geometry, int inputSize, int side);

/// One pixel a position.
Image coloured(const Tensor &map, const ColorScale &scale);

/// How much of the photo a value's colour hides, from 0 to 1. The map lies over the photo like tinted glass,
/// the thicker the further a value is from zero: the photo stays as it is where the map has little to say.
/// `opacity` (0 to 1) is that of glass of unit thickness; 0 leaves the photo, 1 the map alone.
float coverage(const ColorScale &scale, float value, float opacity);

/// The map, enlarged to the photo's size, in its colours over the photo, see coverage(). Throws
/// Error(InvalidArgument) if the sizes differ.
Image overlaid(const Image &photo, const Tensor &map, const ColorScale &scale, float opacity);

} // namespace reslens
