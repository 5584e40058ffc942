// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/imaging/image.h"
#include "engine/tensor.h"

#include <string>

namespace reslens {

struct Box;

/// How a picture of any aspect becomes the network's square.
enum class ResizeMode
{
    Squash, ///< stretched to the square, as Keras' load_img(target_size=…) does
    /// The centred square with 87.5 % of the shorter side, then resized. The side is rounded to whole pixels
    /// (half up, at least 1), its left and top margins are rounded down.
    Crop
};

enum class ResizeFilter
{
    Nearest,  ///< Pillow's NEAREST, Keras' default
    Bilinear, ///< triangle filter, widened when shrinking (antialiased)
    Bicubic   ///< Keys' cubic with a = -0.5 (Keys 1981), widened when shrinking
};

struct Preprocessing
{
    ResizeMode mode = ResizeMode::Squash;
    ResizeFilter filter = ResizeFilter::Bilinear;

    bool operator==(const Preprocessing &) const = default;
};

/// "stretched, bilinear": for captions and status bars.
std::string toString(const Preprocessing &preprocessing);

/// The part of a picture of width × height that resizeForNetwork() takes in.
Box takenPart(int width, int height, int size, ResizeMode mode);

/// The size × size picture that the network sees. A picture that already has this size comes back pixel for
/// pixel, whatever the mode. Rounding and filter supports are those of Pillow's Image.resize (see
/// resample()). Throws Error(InvalidArgument) for an empty picture and for a size below 1.
Image resizeForNetwork(const Image &image, int size, const Preprocessing &preprocessing);

/// Pixel values as the network takes them: x / 127.5 - 1, RGB, height × width × 3 (Keras' preprocess_input,
/// mode "tf").
Tensor normalize(const Image &image);

} // namespace reslens
