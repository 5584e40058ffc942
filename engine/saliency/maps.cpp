// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/maps.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace reslens {

namespace {

using Channels = Eigen::Map<const Eigen::ArrayXf>;

/// A map of value(position) with the extents of `shape`.
template <typename Value>
Tensor positionwise(const Shape &shape, const Value &value)
{
    Tensor map({shape.height, shape.width, 1});
    for (int y = 0; y < shape.height; ++y) {
        for (int x = 0; x < shape.width; ++x)
            map.at(y, x, 0) = float(value(y, x));
    }
    return map;
}

Channels channelsAt(const TensorView &view, int y, int x)
{
    return {view.at(y, x), view.shape.channels};
}

/// One output's two neighbours on a line and their weights.
struct Tap
{
    int first;
    int second;
    float firstWeight;
    float secondWeight;
};

/// Bilinear interpolation from a line of `from` values to one of `to`, with the weights of each value divided
/// by their sum over all outputs: every value's share of the total is then kept, whatever its neighbours.
std::vector<Tap> bilinearTaps(int from, int to)
{
    std::vector<Tap> taps;
    std::vector<double> totals(std::size_t(from), 0.0);
    for (int i = 0; i < to; ++i) {
        const double place = (i + 0.5) * from / to - 0.5;
        const int first = int(std::floor(place));
        const float share = float(place - first);
        taps.push_back(
            {std::clamp(first, 0, from - 1), std::clamp(first + 1, 0, from - 1), 1 - share, share});
        totals[std::size_t(taps.back().first)] += double(taps.back().firstWeight);
        totals[std::size_t(taps.back().second)] += double(share);
    }
    for (Tap &tap : taps) {
        tap.firstWeight = float(double(tap.firstWeight) / std::max(totals[std::size_t(tap.first)], 1e-9));
        tap.secondWeight = float(double(tap.secondWeight) / std::max(totals[std::size_t(tap.second)], 1e-9));
    }
    return taps;
}

} // namespace

Tensor contributionMap(const TensorView &a, const TensorView &b)
{
    return positionwise(a.shape, [&](int y, int x) {
        return (channelsAt(a, y, x).cast<double>() * channelsAt(b, y, x).cast<double>()).sum();
    });
}

Tensor energyMap(const TensorView &input, const TensorView &residual)
{
    return positionwise(input.shape, [&](int y, int x) {
        const double norm = channelsAt(input, y, x).matrix().stableNorm();
        return norm > 0 ? double(channelsAt(residual, y, x).matrix().stableNorm()) / norm : 0.0;
    });
}

Tensor erasureMap(const TensorView &input, const TensorView &sum)
{
    return positionwise(input.shape, [&](int y, int x) {
        return double((channelsAt(input, y, x) > 0 && channelsAt(sum, y, x) <= 0).count()) /
               input.shape.channels;
    });
}

Tensor gradCamMap(const TensorView &activation, const TensorView &gradient)
{
    Eigen::ArrayXf weights = Eigen::ArrayXf::Zero(gradient.shape.channels);
    for (int y = 0; y < gradient.shape.height; ++y) {
        for (int x = 0; x < gradient.shape.width; ++x)
            weights += channelsAt(gradient, y, x);
    }
    weights /= float(gradient.shape.positions());
    Tensor map = classMap(activation, {weights.data(), std::size_t(weights.size())});
    std::ranges::for_each(map.values(), [](float &value) { value = std::max(value, 0.0F); });
    return map;
}

Tensor classMap(const TensorView &activation, std::span<const float> weights)
{
    const Channels factors(weights.data(), Eigen::Index(weights.size()));
    return positionwise(activation.shape, [&](int y, int x) {
        return (channelsAt(activation, y, x).cast<double>() * factors.cast<double>()).sum();
    });
}

Tensor magnitudeMap(const TensorView &gradient)
{
    return positionwise(gradient.shape,
                        [&](int y, int x) { return channelsAt(gradient, y, x).abs().maxCoeff(); });
}

Tensor resizedKeepingSum(const Tensor &map, int size)
{
    const std::vector<Tap> rows = bilinearTaps(map.shape().height, size);
    const std::vector<Tap> columns = bilinearTaps(map.shape().width, size);
    Tensor result({size, size, 1});
    for (int y = 0; y < size; ++y) {
        const Tap &row = rows[std::size_t(y)];
        for (int x = 0; x < size; ++x) {
            const Tap &column = columns[std::size_t(x)];
            const auto across = [&](int line) {
                return map.at(line, column.first, 0) * column.firstWeight +
                       map.at(line, column.second, 0) * column.secondWeight;
            };
            result.at(y, x, 0) = across(row.first) * row.firstWeight + across(row.second) * row.secondWeight;
        }
    }
    return result;
}

double sumOf(const Tensor &map)
{
    return std::accumulate(map.values().begin(), map.values().end(), 0.0);
}

void add(Tensor &to, const Tensor &map)
{
    std::ranges::transform(to.values(), map.values(), to.values().begin(), std::plus());
}

} // namespace reslens
