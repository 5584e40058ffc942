// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/colouring.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace reslens {
namespace {

/// An odd number, so that the middle of a diverging map is an entry of its own.
constexpr std::size_t Entries = 1025;
using Table = std::array<QRgb, Entries>;

Table makeTable(ColorMap map)
{
    Table table{};
    for (std::size_t i = 0; i < Entries; ++i) {
        const Rgb rgb = colour(map, float(i) / float(Entries - 1));
        table[i] = qRgb(rgb[0], rgb[1], rgb[2]);
    }
    return table;
}

const Table &tableOf(ColorMap map)
{
    static const std::array tables{makeTable(ColorMap::Viridis), makeTable(ColorMap::Inferno),
                                   makeTable(ColorMap::Cividis), makeTable(ColorMap::Grey),
                                   makeTable(ColorMap::Diverging)};
    return tables[std::size_t(map)];
}

} // namespace

std::pair<float, float> valueLimits(const BlockMaps::Map &map, int channel, const Colouring &colouring)
{
    if (colouring.contrast == Contrast::Locked && colouring.locked)
        return *colouring.locked;
    // A single value has no contrast of its own.
    const bool alone = colouring.contrast == Contrast::Map && map.tensor->shape().positions() > 1;
    if (colouring.cut > 0)
        return percentileLimits(alone ? channelOf(map.tensor->view(), channel) : map.tensor->view(),
                                colouring.cut);
    const Statistics &figures = map.channels[std::size_t(channel)];
    return alone ? std::pair(figures.minimum, figures.maximum) : std::pair(map.minimum, map.maximum);
}

ColorScale scaleOver(std::pair<float, float> limits, const BlockMaps::Map &map, const Colouring &colouring)
{
    const auto [low, high] = limits;
    const ColorMap colours =
        colouring.map.value_or(std::min(map.minimum, low) < 0 ? ColorMap::Diverging : ColorMap::Viridis);
    if (colours == ColorMap::Diverging) {
        const float extent = std::max(std::abs(low), std::abs(high));
        // Nothing but zeros is the middle, not an end.
        return extent > 0 ? ColorScale{colours, -extent, extent} : ColorScale{colours, -1, 1};
    }
    return {colours, colouring.map ? low : 0, high};
}

QImage paintChannel(const TensorView &map, int channel, const ColorScale &scale)
{
    const Table &table = tableOf(scale.map);
    QImage image(map.shape.width, map.shape.height, QImage::Format_RGB32);
    for (int y = 0; y < map.shape.height; ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < map.shape.width; ++x) {
            const float position = positionInRange(map.at(y, x)[channel], scale.low, scale.high);
            // In this order of arguments, NaN compares as if it were below 0.
            const float inside = std::min(std::max(0.0F, position), 1.0F);
            line[x] = table[std::size_t(inside * float(Entries - 1) + 0.5F)];
        }
    }
    return image;
}

QImage paintRamp(ColorMap map, Qt::Orientation orientation)
{
    const Table &table = tableOf(map);
    const bool lies = orientation == Qt::Horizontal;
    QImage ramp(lies ? 256 : 1, lies ? 1 : 256, QImage::Format_RGB32);
    for (int i = 0; i < 256; ++i)
        ramp.setPixel(lies ? i : 0, lies ? 0 : 255 - i, table[std::size_t(i * 1024 / 255)]);
    return ramp;
}

} // namespace reslens
