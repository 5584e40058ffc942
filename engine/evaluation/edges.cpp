// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/edges.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace reslens {

Tensor edgeMap(const Tensor &picture)
{
    const Shape &shape = picture.shape();
    const auto brightness = [&](int y, int x) {
        const float *pixel =
            &picture.data()[(std::size_t(std::clamp(y, 0, shape.height - 1)) * std::size_t(shape.width) +
                             std::size_t(std::clamp(x, 0, shape.width - 1))) *
                            std::size_t(shape.channels)];
        return std::accumulate(pixel, pixel + shape.channels, 0.0F) / float(shape.channels);
    };
    Tensor map({shape.height, shape.width, 1});
    for (int y = 0; y < shape.height; ++y) {
        for (int x = 0; x < shape.width; ++x) {
            float across = 0;
            float down = 0;
            for (int i = -1; i <= 1; ++i) {
                const float weight = i == 0 ? 2.0F : 1.0F;
                across += weight * (brightness(y + i, x + 1) - brightness(y + i, x - 1));
                down += weight * (brightness(y + 1, x + i) - brightness(y - 1, x + i));
            }
            map.at(y, x, 0) = std::hypot(across, down);
        }
    }
    return map;
}

} // namespace reslens
