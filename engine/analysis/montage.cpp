// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/montage.h"

#include "engine/error.h"

#include <algorithm>
#include <cmath>

namespace reslens {
namespace {

constexpr int gap = 1;
constexpr std::uint8_t midGrey = 128;
/// Tiles are enlarged, by a whole factor, up to this side.
constexpr int wantedTileSide = 32;

struct Grid
{
    int zoom;
    int tileWidth;
    int tileHeight;
    int columns;
    int rows;
};

Grid gridFor(const Shape &shape)
{
    Grid grid{};
    grid.zoom = std::max(1, wantedTileSide / std::max(shape.height, shape.width));
    grid.tileWidth = shape.width * grid.zoom;
    grid.tileHeight = shape.height * grid.zoom;
    const double aspect = double(grid.tileHeight + gap) / double(grid.tileWidth + gap);
    grid.columns = std::clamp(int(std::lround(std::sqrt(shape.channels * aspect))), 1, shape.channels);
    grid.rows = (shape.channels + grid.columns - 1) / grid.columns;
    return grid;
}

void drawTile(Image &picture, const Grid &grid, const TensorView &map, int channel, const ColorScale &scale)
{
    const int left = channel % grid.columns * (grid.tileWidth + gap);
    const int top = channel / grid.columns * (grid.tileHeight + gap);
    for (int y = 0; y < grid.tileHeight; ++y) {
        std::uint8_t *pixel = picture.row(top + y) + std::size_t(left) * 3;
        for (int x = 0; x < grid.tileWidth; ++x) {
            const Rgb rgb = scale.colour(map.at(y / grid.zoom, x / grid.zoom)[channel]);
            pixel = std::copy(rgb.begin(), rgb.end(), pixel);
        }
    }
}

} // namespace

Image montage(const TensorView &map, const ColorScale &scale)
{
    if (map.shape.count() == 0)
        throw Error(ErrorKind::InvalidArgument, "A map without values cannot be drawn");
    const Grid grid = gridFor(map.shape);

    Image picture;
    picture.width = grid.columns * (grid.tileWidth + gap) - gap;
    picture.height = grid.rows * (grid.tileHeight + gap) - gap;
    picture.pixels.assign(std::size_t(picture.width) * std::size_t(picture.height) * 3, midGrey);
    for (int channel = 0; channel < map.shape.channels; ++channel)
        drawTile(picture, grid, map, channel, scale);
    return picture;
}

} // namespace reslens
