// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/localization.h"

#include <algorithm>

namespace reslens {

namespace {

/// The share of Σ weight(y, x) that lies in a box; nothing if the sum is 0.
template <typename Weight>
std::optional<double> shareInside(int height, int width, std::span<const ObjectBox> boxes,
                                  const Weight &weight)
{
    double inside = 0;
    double all = 0;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const double part = weight(y, x);
            all += part;
            if (std::ranges::any_of(boxes, [&](const ObjectBox &box) { return box.holds(y, x); }))
                inside += part;
        }
    }
    return all > 0 ? std::optional(inside / all) : std::nullopt;
}

} // namespace

double boxShare(int height, int width, std::span<const ObjectBox> boxes)
{
    return shareInside(height, width, boxes, [](int, int) { return 1.0; }).value_or(0);
}

double pointingGame(const Tensor &map, std::span<const ObjectBox> boxes)
{
    const float greatest = std::ranges::max(map.values());
    return shareInside(map.shape().height, map.shape().width, boxes,
                       [&](int y, int x) { return map.at(y, x, 0) == greatest ? 1.0 : 0.0; })
        .value_or(0);
}

std::optional<double> massInBox(const Tensor &map, std::span<const ObjectBox> boxes)
{
    return shareInside(map.shape().height, map.shape().width, boxes,
                       [&](int y, int x) { return std::max(0.0, double(map.at(y, x, 0))); });
}

} // namespace reslens
