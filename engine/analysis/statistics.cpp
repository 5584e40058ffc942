// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace reslens {
namespace {

template <typename Visit>
void forEachPosition(const TensorView &map, Visit visit)
{
    const auto channels = static_cast<std::size_t>(map.shape.channels);
    for (int y = 0; y < map.shape.height; ++y)
        for (int x = 0; x < map.shape.width; ++x)
            visit(std::span<const float>(map.at(y, x), channels));
}

} // namespace

Statistics statisticsOf(const TensorView &map)
{
    const std::size_t total = map.shape.count();
    if (total == 0)
        return {};

    Statistics result;
    result.minimum = result.maximum = map.data[0];
    double sum = 0;
    std::size_t zeros = 0;
    forEachPosition(map, [&](std::span<const float> values) {
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        result.minimum = std::min(result.minimum, *low);
        result.maximum = std::max(result.maximum, *high);
        sum = std::accumulate(values.begin(), values.end(), sum);
        zeros += static_cast<std::size_t>(std::count(values.begin(), values.end(), 0.0F));
    });
    result.mean = sum / static_cast<double>(total);
    result.shareOfZeros = static_cast<double>(zeros) / static_cast<double>(total);

    // A second pass: deviations from a known mean do not cancel the way a sum of squares does.
    double squares = 0;
    forEachPosition(map, [&](std::span<const float> values) {
        for (const float value : values)
            squares += (value - result.mean) * (value - result.mean);
    });
    result.standardDeviation = std::sqrt(squares / static_cast<double>(total));
    return result;
}

Tensor channelMean(const TensorView &map)
{
    Tensor mean({map.shape.height, map.shape.width, 1});
    if (map.shape.channels == 0)
        return mean;
    for (int y = 0; y < map.shape.height; ++y) {
        for (int x = 0; x < map.shape.width; ++x) {
            const float *values = map.at(y, x);
            const double sum = std::accumulate(values, values + map.shape.channels, 0.0);
            mean.at(y, x, 0) = static_cast<float>(sum / map.shape.channels);
        }
    }
    return mean;
}

} // namespace reslens
