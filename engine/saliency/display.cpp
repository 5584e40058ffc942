// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/display.h"

#include "engine/error.h"
#include "engine/kernels/elementwise.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <vector>

namespace reslens {

namespace {

/// Which four values make up a new one, and with which weights.
struct Tap
{
    std::array<int, 4> positions{};
    std::array<float, 4> weights{};
};

float keys(float distance)
{
    const float x = std::abs(distance);
    return x < 1 ? (1.5F * x - 2.5F) * x * x + 1 : x < 2 ? ((-0.5F * x + 2.5F) * x - 4) * x + 2 : 0.0F;
}

/// For `to` pixels that look at `from` positions, the first of them centred on `first`, `step` apart.
std::vector<Tap> tapsFor(int from, int to, double first, double step)
{
    std::vector<Tap> taps(static_cast<std::size_t>(to));
    for (int i = 0; i < to; ++i) {
        const auto place = float((i + 0.5 - first) / step);
        const int before = int(std::floor(place));
        for (int k = 0; k < 4; ++k) {
            taps[std::size_t(i)].positions[std::size_t(k)] = std::clamp(before - 1 + k, 0, from - 1);
            taps[std::size_t(i)].weights[std::size_t(k)] = keys(place - float(before - 1 + k));
        }
    }
    return taps;
}

template <typename Value>
float weighted(const Tap &tap, const Value &value)
{
    float sum = 0;
    for (std::size_t k = 0; k < tap.weights.size(); ++k)
        sum += tap.weights[k] * value(tap.positions[k]);
    return sum;
}

float magnitudeOfMost(const Tensor &map)
{
    std::vector<float> magnitudes(map.values().size());
    std::ranges::transform(map.values(), magnitudes.begin(), [](float value) { return std::abs(value); });
    const auto place = magnitudes.begin() + std::ptrdiff_t((magnitudes.size() * 99 + 99) / 100) - 1;
    std::ranges::nth_element(magnitudes, place);
    return *place;
}

std::string shortNumber(float value)
{
    // Not printf: its decimal separator follows the user's locale.
    std::array<char, 32> text{};
    const auto [end, error] =
        std::to_chars(text.data(), text.data() + text.size(), double(value), std::chars_format::general, 4);
    return {text.data(), end};
}

} // namespace

MapRange rangeOf(const Tensor &map)
{
    if (!allFinite(map.data(), map.values().size()))
        throw Error(ErrorKind::Damaged,
                    "the saliency map has values that are not finite: the network's own values overflow");
    const auto [low, high] = std::ranges::minmax(map.values());
    return {low, high, magnitudeOfMost(map)};
}

ColorScale saliencyScale(const MapRange &range, bool isSigned)
{
    const float extent = range.extent > 0 ? range.extent : std::max(-range.minimum, range.maximum);
    if (!isSigned)
        return {ColorMap::Inferno, 0, extent};
    // A map of zeros is all middle, not all lower end.
    const float end = std::max(extent, std::numeric_limits<float>::min());
    return {ColorMap::Diverging, -end, end};
}

std::string remarkOn(const MapRange &range, bool isSigned)
{
    if (range.minimum == 0 && range.maximum == 0)
        return "The map is zero everywhere.";
    if (range.minimum == range.maximum)
        return "The map has the same value everywhere: " + shortNumber(range.minimum) + ".";
    if (isSigned && range.maximum <= 0)
        return "Nothing in the map speaks for the class: no value is above zero.";
    return {};
}

namespace {

Tensor resampled(const Tensor &map, const std::vector<Tap> &rows, const std::vector<Tap> &columns)
{
    const Shape &shape = map.shape();
    const int height = int(rows.size());
    const int width = int(columns.size());
    const MapRange range = rangeOf(map);
    Tensor wide({shape.height, width, 1});
    for (int y = 0; y < shape.height; ++y) {
        for (int x = 0; x < width; ++x)
            wide.at(y, x, 0) =
                weighted(columns[std::size_t(x)], [&](int column) { return map.at(y, column, 0); });
    }
    Tensor result({height, width, 1});
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            result.at(y, x, 0) =
                std::clamp(weighted(rows[std::size_t(y)], [&](int row) { return wide.at(row, x, 0); }),
                           range.minimum, range.maximum);
    }
    return result;
}

} // namespace

Tensor enlarged(const Tensor &map, int height, int width)
{
    const auto taps = [](int from, int to) {
        const double step = double(to) / from;
        return tapsFor(from, to, step / 2, step);
    };
    return resampled(map, taps(map.shape().height, height), taps(map.shape().width, width));
}

Tensor enlarged(const Tensor &map, const MapGeometry &geometry, int inputSize, int side)
{
    const double scale = double(side) / inputSize;
    const auto taps = [&](int from, double origin) {
        return tapsFor(from, side, origin * scale, geometry.step * scale);
    };
    return resampled(map, taps(map.shape().height, geometry.originY),
                     taps(map.shape().width, geometry.originX));
}

Image coloured(const Tensor &map, const ColorScale &scale)
{
    Image image{map.shape().width, map.shape().height, {}};
    image.pixels.reserve(3 * map.shape().positions());
    for (const float value : map.values()) {
        const Rgb rgb = scale.colour(value);
        image.pixels.insert(image.pixels.end(), rgb.begin(), rgb.end());
    }
    return image;
}

float coverage(const ColorScale &scale, float value, float opacity)
{
    // At half opacity a tenth of the greatest value hides a fifteenth of the photo, and the greatest five
    // sixths. Not quite nothing at zero, so that an opacity of 1 leaves the map alone there, too.
    constexpr float thinnest = 0.01F;
    constexpr float thickest = 2.6F;
    const float position = std::clamp(positionInRange(value, scale.low, scale.high), 0.0F, 1.0F);
    const float magnitude = scale.map == ColorMap::Diverging ? std::abs(2 * position - 1) : position;
    return 1 - std::pow(1 - opacity, thinnest + (thickest - thinnest) * std::pow(magnitude, 1.5F));
}

Image overlaid(const Image &photo, const Tensor &map, const ColorScale &scale, float opacity)
{
    if (map.shape() != Shape{photo.height, photo.width, 1})
        throw Error(ErrorKind::InvalidArgument,
                    "a map of " + toString(map.shape()) + " does not lie over a photo of " +
                        std::to_string(photo.height) + " × " + std::to_string(photo.width));
    Image image = coloured(map, scale);
    for (std::size_t position = 0; position < map.values().size(); ++position) {
        const float share = coverage(scale, map.values()[position], opacity);
        for (std::size_t i = 3 * position; i < 3 * position + 3; ++i)
            image.pixels[i] = std::uint8_t(
                std::lround(share * float(image.pixels[i]) + (1 - share) * float(photo.pixels[i])));
    }
    return image;
}

} // namespace reslens
