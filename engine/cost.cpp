// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cost.h"

namespace reslens {

namespace {

std::int64_t valuesPerChannel(const std::optional<BatchNormalization> &normalization)
{
    return normalization ? 2 + normalization->gamma + normalization->beta : 0;
}

} // namespace

std::int64_t parameterCount(const Description &description, int node)
{
    const Node &layer = description.nodes[std::size_t(node)];
    if (!layer.hasWeights())
        return 0;
    const std::int64_t inputs = inputChannels(description, node);
    const int vectors = layer.batchNormalization ? 3 : int(layer.bias);
    return layer.kernelHeight * layer.kernelWidth * inputs * layer.filters +
           inputs * valuesPerChannel(layer.inputNormalization) +
           layer.filters * (vectors + valuesPerChannel(layer.outputNormalization));
}

Cost costOf(const Description &description, const std::vector<Shape> &shapes, int node)
{
    Cost cost{parameterCount(description, node), 0};
    const Node &layer = description.nodes[std::size_t(node)];
    if (layer.hasWeights())
        cost.flops = 2 * layer.kernelHeight * layer.kernelWidth *
                     std::int64_t(inputChannels(description, node)) *
                     std::int64_t(shapes[std::size_t(node)].count());
    return cost;
}

Cost costOf(const Description &description, const std::vector<Shape> &shapes, const Block &block)
{
    Cost cost;
    for (int node = block.firstNode; node <= block.lastNode; ++node)
        cost += costOf(description, shapes, node);
    return cost;
}

std::int64_t parameterCount(const Description &description)
{
    std::int64_t count = 0;
    for (int node = 0; node < int(description.nodes.size()); ++node)
        count += parameterCount(description, node);
    return count;
}

} // namespace reslens
