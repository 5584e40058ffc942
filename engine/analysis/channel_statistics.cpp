// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/channel_statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace reslens {

std::vector<Statistics> channelStatistics(const TensorView &map)
{
    const auto channels = std::size_t(map.shape.channels);
    const std::size_t positions = map.shape.positions();
    std::vector<Statistics> result(channels);
    if (positions == 0)
        return result;

    // Structures of arrays: the compiler turns the inner loops into vector code.
    std::vector<float> minimum(channels, std::numeric_limits<float>::infinity());
    std::vector<float> maximum(channels, -std::numeric_limits<float>::infinity());
    std::vector<double> sum(channels), squares(channels), zeros(channels);
    for (std::size_t position = 0; position < positions; ++position) {
        const float *values = map.data + std::ptrdiff_t(position) * map.stride;
        for (std::size_t c = 0; c < channels; ++c) {
            minimum[c] = std::min(minimum[c], values[c]);
            maximum[c] = std::max(maximum[c], values[c]);
            sum[c] += double(values[c]);
            zeros[c] += values[c] == 0.0F ? 1.0 : 0.0;
        }
    }
    const auto n = double(positions);
    for (double &value : sum)
        value /= n;
    for (std::size_t position = 0; position < positions; ++position) {
        const float *values = map.data + std::ptrdiff_t(position) * map.stride;
        for (std::size_t c = 0; c < channels; ++c) {
            const double difference = double(values[c]) - sum[c];
            squares[c] += difference * difference;
        }
    }
    for (std::size_t c = 0; c < channels; ++c)
        result[c] = {minimum[c], maximum[c], sum[c], std::sqrt(squares[c] / n), zeros[c] / n};
    return result;
}

std::pair<float, float> percentileLimits(const TensorView &map, double cut)
{
    const Tensor copy(map);
    std::vector<float> values(copy.values().begin(), copy.values().end());
    if (values.empty())
        return {0.0F, 0.0F};
    const auto low = std::ptrdiff_t(std::lround(cut * double(values.size() - 1)));
    const auto high = std::ptrdiff_t(values.size()) - 1 - low;
    std::nth_element(values.begin(), values.begin() + low, values.end());
    const float least = values[std::size_t(low)];
    std::nth_element(values.begin() + low, values.begin() + high, values.end());
    return {least, values[std::size_t(high)]};
}

} // namespace reslens
