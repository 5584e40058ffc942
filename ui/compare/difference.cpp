// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/difference.h"

#include "ui/worker/colouring.h"

#include <algorithm>
#include <cmath>

namespace reslens {
namespace {

/// Pearson's correlation of the values of two maps of the same shape.
std::optional<double> correlation(const TensorView &a, const TensorView &b)
{
    const Statistics ofA = statisticsOf(a);
    const Statistics ofB = statisticsOf(b);
    if (ofA.standardDeviation <= 0 || ofB.standardDeviation <= 0)
        return {};
    double sum = 0;
    for (int y = 0; y < a.shape.height; ++y)
        for (int x = 0; x < a.shape.width; ++x)
            sum += (double(*a.at(y, x)) - ofA.mean) * (double(*b.at(y, x)) - ofB.mean);
    return sum / (double(a.shape.positions()) * ofA.standardDeviation * ofB.standardDeviation);
}

} // namespace

Difference differenceOf(const BlockMapsPtr &a, int position, const BlockMapsPtr &b, int otherPosition,
                        int channel)
{
    const BlockMaps::Map &first = a->maps[std::size_t(position)];
    const BlockMaps::Map &second = b->maps[std::size_t(otherPosition)];
    const TensorView left = channelOf(first.tensor->view(), channel);
    const TensorView right = channelOf(second.tensor->view(), channel);

    Difference difference;
    Tensor values(left.shape);
    for (int y = 0; y < left.shape.height; ++y) {
        for (int x = 0; x < left.shape.width; ++x) {
            const float value = *left.at(y, x) - *right.at(y, x);
            values.at(y, x, 0) = value;
            difference.meanAbsolute += std::abs(double(value));
            difference.greatestAbsolute = std::max(difference.greatestAbsolute, std::abs(double(value)));
        }
    }
    difference.meanAbsolute /= double(left.shape.positions());
    difference.correlation = correlation(left, right);

    BlockMaps::Map map;
    map.address = first.address;
    map.name = first.name;
    map.node = first.node;
    map.channels = channelStatistics(values.view());
    map.minimum = map.channels.front().minimum;
    map.maximum = map.channels.front().maximum;
    map.tensor = std::make_shared<const Tensor>(std::move(values));
    auto maps = std::make_shared<BlockMaps>();
    maps->index = a->index;
    maps->block = a->block;
    maps->model = a->model;
    maps->maps.push_back(std::move(map));
    difference.maps = std::move(maps);
    return difference;
}

ColorScale commonScale(const BlockMaps::Map &a, const BlockMaps::Map &b, int channel)
{
    const Statistics &ofA = a.channels[std::size_t(channel)];
    const Statistics &ofB = b.channels[std::size_t(channel)];
    return scaleOver({std::min(ofA.minimum, ofB.minimum), std::max(ofA.maximum, ofB.maximum)},
                     a.minimum < b.minimum ? a : b, {});
}

ColorScale scaleOf(const Difference &difference)
{
    const auto extent = float(difference.greatestAbsolute);
    return extent > 0 ? ColorScale{ColorMap::Diverging, -extent, extent}
                      : ColorScale{ColorMap::Diverging, -1, 1};
}

int mostDifferentChannel(const Tensor &a, const Tensor &b)
{
    const auto channels = std::size_t(a.shape().channels);
    std::vector<double> sums(channels, 0.0);
    for (std::size_t i = 0; i < a.values().size(); ++i)
        sums[i % channels] += std::abs(double(a.values()[i]) - double(b.values()[i]));
    return int(std::ranges::max_element(sums) - sums.begin());
}

std::optional<int> tensorNamed(const BlockMaps &maps, const QString &name)
{
    for (std::size_t i = 0; i < maps.maps.size(); ++i)
        if (maps.maps[i].name == name)
            return int(i);
    return {};
}

} // namespace reslens
