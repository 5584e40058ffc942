// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/channel_statistics.h"

#include "engine/kernels/multiversion.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace reslens {
namespace {

/// Structures of arrays, an entry a channel: what one position adds fills vector registers.
struct Sums
{
    std::vector<float> minimum, maximum;
    std::vector<double> mean, squares, zeros;

    explicit Sums(std::size_t channels)
        : minimum(channels, std::numeric_limits<float>::infinity()),
          maximum(channels, -std::numeric_limits<float>::infinity()), mean(channels), squares(channels),
          zeros(channels)
    {
    }
};

RESLENS_MULTIVERSION
void addTo(const float *__restrict values, std::size_t channels, float *__restrict minimum,
           float *__restrict maximum, double *__restrict sum, double *__restrict zeros)
{
    for (std::size_t c = 0; c < channels; ++c) {
        const float value = values[c];
        minimum[c] = value < minimum[c] ? value : minimum[c];
        maximum[c] = value > maximum[c] ? value : maximum[c];
        sum[c] += double(value);
        zeros[c] += value == 0.0F ? 1.0 : 0.0;
    }
}

RESLENS_MULTIVERSION
void addSquares(const float *__restrict values, std::size_t channels, const double *__restrict mean,
                double *__restrict squares)
{
    for (std::size_t c = 0; c < channels; ++c) {
        const double difference = double(values[c]) - mean[c];
        squares[c] += difference * difference;
    }
}

} // namespace

std::vector<Statistics> channelStatistics(const TensorView &map)
{
    const auto channels = std::size_t(map.shape.channels);
    const std::size_t positions = map.shape.positions();
    std::vector<Statistics> result(channels);
    if (positions == 0)
        return result;

    const auto at = [&](std::size_t position) { return map.data + std::ptrdiff_t(position) * map.stride; };
    Sums sums(channels);
    for (std::size_t position = 0; position < positions; ++position)
        addTo(at(position), channels, sums.minimum.data(), sums.maximum.data(), sums.mean.data(),
              sums.zeros.data());
    const auto n = double(positions);
    for (double &value : sums.mean)
        value /= n;
    for (std::size_t position = 0; position < positions; ++position)
        addSquares(at(position), channels, sums.mean.data(), sums.squares.data());
    for (std::size_t c = 0; c < channels; ++c)
        result[c] = {sums.minimum[c], sums.maximum[c], sums.mean[c], std::sqrt(sums.squares[c] / n),
                     sums.zeros[c] / n};
    return result;
}

std::vector<double> channelProducts(const TensorView &a, const TensorView &b)
{
    std::vector<double> sums(std::size_t(a.shape.channels), 0.0);
    for (int y = 0; y < a.shape.height; ++y) {
        for (int x = 0; x < a.shape.width; ++x) {
            const float *left = a.at(y, x);
            const float *right = b.at(y, x);
            for (std::size_t c = 0; c < sums.size(); ++c)
                sums[c] += double(left[c]) * double(right[c]);
        }
    }
    return sums;
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
