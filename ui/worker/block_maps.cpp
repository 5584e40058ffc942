// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/block_maps.h"

#include "engine/error.h"
#include "engine/saliency/maps.h"

namespace reslens {

BlockMapsPtr mapsOf(Runner &runner, const Trace &trace, const ModelSummaryPtr &model, int block,
                    const std::stop_token &stop)
{
    const Description &description = runner.network().description();
    const auto tensors = tensorsOf(runner, block, trace.input, trace.outputs, stop);
    const Block &opened = description.blocks[std::size_t(block)];

    auto maps = std::make_shared<BlockMaps>();
    maps->index = block;
    maps->block = QString::fromStdString(opened.name);
    maps->model = model;
    maps->source = trace.source;
    maps->preparation = trace.preparation;
    for (const std::string &address : description.addresses(opened)) {
        if (stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "Cancelled.");
        BlockMaps::Map map;
        map.address = QString::fromStdString(address);
        map.name = map.address.mid(maps->block.size() + 1);
        map.node = *description.find(address);
        map.tensor = tensors.at(address);
        map.channels = channelStatistics(map.tensor->view());
        for (const Statistics &channel : map.channels) {
            map.minimum = std::min(map.minimum, channel.minimum);
            map.maximum = std::max(map.maximum, channel.maximum);
        }
        maps->maps.push_back(std::move(map));
    }
    return maps;
}

double energyOf(Runner &runner, const Trace &trace, int block, const std::stop_token &stop)
{
    const Description &description = runner.network().description();
    const Block &measured = description.blocks.at(std::size_t(block));
    const Tensor &input = inputOf(measured, description, trace.outputs);
    const std::string residual = measured.name + "/residual";
    const RunResult result = runner.runBlocks(input, block, block, {.capture = {residual}, .stop = stop});
    const Tensor energies = energyMap(input.view(), result.captured.at(residual)->view());
    return sumOf(energies) / double(energies.shape().positions());
}

} // namespace reslens
