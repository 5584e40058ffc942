// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/results.h"

#include <functional>

namespace reslens::test {

/// A block of one tensor, "block17_3/residual", whose values are what `value` says of row, column and
/// channel.
inline BlockMapsPtr makeMaps(const Shape &shape, const std::function<float(int, int, int)> &value)
{
    auto tensor = std::make_shared<Tensor>(shape);
    for (int y = 0; y < shape.height; ++y)
        for (int x = 0; x < shape.width; ++x)
            for (int channel = 0; channel < shape.channels; ++channel)
                tensor->at(y, x, channel) = value(y, x, channel);
    auto model = std::make_shared<ModelSummary>();
    model->inputSize = 75;
    model->geometries = {{0.5, 0.5, 8}};
    model->description.nodes = {
        {.block = "block17_3", .tensor = "residual", .operation = Operation::Convolution, .inputs = {}}};
    auto maps = std::make_shared<BlockMaps>();
    maps->block = QStringLiteral("block17_3");
    maps->model = model;
    BlockMaps::Map map;
    map.address = QStringLiteral("block17_3/residual");
    map.name = QStringLiteral("residual");
    map.channels = channelStatistics(tensor->view());
    for (const float one : tensor->values()) {
        map.minimum = std::min(map.minimum, one);
        map.maximum = std::max(map.maximum, one);
    }
    map.tensor = std::move(tensor);
    maps->maps.push_back(std::move(map));
    return maps;
}

} // namespace reslens::test
