// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/imaging/preprocess.h"

#include "engine/error.h"
#include "engine/imaging/resample.h"

#include <algorithm>
#include <array>

namespace reslens {
std::string toString(const Preprocessing &preprocessing)
{
    const std::string mode = preprocessing.mode == ResizeMode::Squash ? "stretched" : "centre crop 87.5 %";
    switch (preprocessing.filter) {
    case ResizeFilter::Nearest:
        return mode + ", nearest";
    case ResizeFilter::Bilinear:
        return mode + ", bilinear";
    case ResizeFilter::Bicubic:
        break;
    }
    return mode + ", bicubic";
}

Box takenPart(int width, int height, int size, ResizeMode mode)
{
    if (mode == ResizeMode::Squash || (width == size && height == size))
        return {0, 0, width, height};
    const std::int64_t shorter = std::min(width, height);
    const int side = std::max(1, int((shorter * 7 + 4) / 8));
    return {(width - side) / 2, (height - side) / 2, side, side};
}

Image resizeForNetwork(const Image &image, int size, const Preprocessing &preprocessing)
{
    if (image.width < 1 || image.height < 1)
        throw Error(ErrorKind::InvalidArgument, "The picture is empty: it has " +
                                                    std::to_string(image.width) + " × " +
                                                    std::to_string(image.height) + " pixels.");
    if (size < 1)
        throw Error(ErrorKind::InvalidArgument,
                    "A picture cannot be resized to a side of " + std::to_string(size) + " pixels.");
    if (image.width == size && image.height == size)
        return image;
    return resample(image, takenPart(image.width, image.height, size, preprocessing.mode), size, size,
                    preprocessing.filter);
}

Tensor normalize(const Image &image)
{
    std::array<float, 256> normalized{};
    for (std::size_t value = 0; value < normalized.size(); ++value)
        normalized[value] = float(value) / 127.5F - 1.0F;

    Tensor tensor(Shape{image.height, image.width, 3});
    std::transform(image.pixels.begin(), image.pixels.end(), tensor.data(),
                   [&](std::uint8_t value) { return normalized[value]; });
    return tensor;
}

} // namespace reslens
