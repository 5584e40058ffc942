// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/imaging/image.h"
#include "engine/imaging/preprocess.h"

namespace reslens {

/// A rectangle of pixels, origin top left.
struct Box
{
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    bool operator==(const Box &) const = default;
};

/// The pixels of `box`, which must lie within the image and not be empty, stretched to width × height (both ≥
/// 1). Equal bit for bit to `image.crop(box).resize((width, height), filter)` of Pillow up to version 12:
/// pixels outside the box have no influence. (From version 13 on, Pillow filters the columns of tall pictures
/// first, which differs by a rounding step.)
///
/// Bilinear and bicubic are separable convolutions: the filter (triangle; Keys 1981, "Cubic convolution
/// interpolation for digital image processing", a = -0.5) is widened by the shrinking factor, cut at the
/// box's edges and normalized; weights are fixed-point with 22 fractional bits; rows are filtered first and
/// rounded to 8 bits, then columns. Nearest takes the pixel under the centre of each output pixel.
///
/// Needs memory for the result, 4 bytes a result sample, and 4 to 16 bytes for each row and column of the
/// box.
Image resample(const Image &image, const Box &box, int width, int height, ResizeFilter filter);

} // namespace reslens
