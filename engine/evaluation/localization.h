// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tensor.h"

#include <optional>
#include <span>

namespace reslens {

/// Where an object is: edges in pixels of the picture that a map lies over, from its top left corner. A pixel
/// belongs to it if its middle does.
struct ObjectBox
{
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;

    bool operator==(const ObjectBox &) const = default;

    bool holds(int y, int x) const
    {
        return x + 0.5 >= left && x + 0.5 < right && y + 0.5 >= top && y + 0.5 < bottom;
    }
};

// How well a map, height × width × 1, finds the objects of a picture, pixels in any of the boxes counting
// once. A map without knowledge scores boxShare() in both.

/// The share of a picture's pixels that lie in a box.
double boxShare(int height, int width, std::span<const ObjectBox> boxes);

/// 1 if the map's greatest value lies in a box, otherwise 0; where it occurs several times, the share of
/// these that do (pointing game, without its tolerance: Zhang et al. 2016).
double pointingGame(const Tensor &map, std::span<const ObjectBox> boxes);

/// The share of a map's positive mass that lies in a box; nothing for a map without any.
std::optional<double> massInBox(const Tensor &map, std::span<const ObjectBox> boxes);

} // namespace reslens
