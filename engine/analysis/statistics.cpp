// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/statistics.h"

#include "engine/kernels/multiversion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

namespace reslens {
namespace {

// Independent accumulators, so that the additions need not wait for each other and fill vector registers.
constexpr std::size_t lanes = 16;

struct Extremes
{
    std::array<float, lanes> minimum;
    std::array<float, lanes> maximum;
    std::array<double, lanes> sum{};
    std::array<std::uint32_t, lanes> zeros{};

    Extremes()
    {
        minimum.fill(std::numeric_limits<float>::infinity());
        maximum.fill(-std::numeric_limits<float>::infinity());
    }
};

RESLENS_MULTIVERSION
void addTo(Extremes &extremes, const float *values, std::size_t count)
{
    const auto take = [&](std::size_t lane, float value) {
        extremes.minimum[lane] = value < extremes.minimum[lane] ? value : extremes.minimum[lane];
        extremes.maximum[lane] = value > extremes.maximum[lane] ? value : extremes.maximum[lane];
        extremes.sum[lane] += double(value);
        extremes.zeros[lane] += value == 0.0F ? 1 : 0;
    };
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane)
            take(lane, values[i + lane]);
    }
    for (std::size_t lane = 0; i + lane < count; ++lane)
        take(lane, values[i + lane]);
}

RESLENS_MULTIVERSION
double sumOf(const float *values, std::size_t count)
{
    std::array<double, lanes> sums{};
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane)
            sums[lane] += double(values[i + lane]);
    }
    return std::accumulate(values + i, values + count, std::accumulate(sums.begin(), sums.end(), 0.0));
}

RESLENS_MULTIVERSION
double squaredDeviations(const float *values, std::size_t count, double mean)
{
    std::array<double, lanes> sums{};
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const double deviation = double(values[i + lane]) - mean;
            sums[lane] += deviation * deviation;
        }
    }
    double sum = std::accumulate(sums.begin(), sums.end(), 0.0);
    for (; i < count; ++i)
        sum += (double(values[i]) - mean) * (double(values[i]) - mean);
    return sum;
}

template <typename Visit>
void forEachPosition(const TensorView &map, Visit visit)
{
    for (int y = 0; y < map.shape.height; ++y) {
        for (int x = 0; x < map.shape.width; ++x)
            visit(map.at(y, x), std::size_t(map.shape.channels));
    }
}

} // namespace

Statistics statisticsOf(const TensorView &map)
{
    const double total = double(map.shape.count());
    if (total == 0)
        return {};

    Extremes extremes;
    forEachPosition(map, [&](const float *values, std::size_t count) { addTo(extremes, values, count); });
    Statistics result;
    result.minimum = *std::ranges::min_element(extremes.minimum);
    result.maximum = *std::ranges::max_element(extremes.maximum);
    result.mean = std::accumulate(extremes.sum.begin(), extremes.sum.end(), 0.0) / total;
    result.shareOfZeros =
        double(std::accumulate(extremes.zeros.begin(), extremes.zeros.end(), std::uint64_t(0))) / total;

    // A second pass: deviations from a known mean do not cancel the way a sum of squares does.
    double squares = 0;
    forEachPosition(map, [&](const float *values, std::size_t count) {
        squares += squaredDeviations(values, count, result.mean);
    });
    result.standardDeviation = std::sqrt(squares / total);
    return result;
}

Tensor channelMean(const TensorView &map)
{
    Tensor mean({map.shape.height, map.shape.width, 1});
    if (map.shape.channels == 0)
        return mean;
    float *out = mean.data();
    forEachPosition(map, [&](const float *values, std::size_t count) {
        *out++ = float(sumOf(values, count) / double(count));
    });
    return mean;
}

} // namespace reslens
