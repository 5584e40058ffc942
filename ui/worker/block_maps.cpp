// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/block_maps.h"

#include "engine/error.h"
#include "engine/saliency/maps.h"

namespace reslens {
namespace {

const Tensor &inputOf(const Description &description, const Block &block, const Trace &trace)
{
    // The first block holds the input node itself.
    if (block.input < 0)
        return trace.input;
    return *trace.outputs.at(description.nodes[std::size_t(block.input)].block + "/output");
}

} // namespace

std::vector<std::string> traceAddresses(const Description &description)
{
    std::vector<std::string> addresses;
    for (const Block &block : description.blocks)
        if (block.name != "predictions")
            addresses.push_back(block.name + "/output");
    return addresses;
}

BlockMapsPtr mapsOf(Runner &runner, const Trace &trace, const ModelSummaryPtr &model, int block,
                    const std::stop_token &stop)
{
    const Description &description = runner.network().description();
    const Block &opened = description.blocks.at(std::size_t(block));
    RunOptions options;
    options.capture = description.addresses(opened);
    options.stop = stop;
    const RunResult result = runner.runBlocks(inputOf(description, opened, trace), block, block, options);

    auto maps = std::make_shared<BlockMaps>();
    maps->index = block;
    maps->block = QString::fromStdString(opened.name);
    maps->model = model;
    maps->source = trace.source;
    maps->preparation = trace.preparation;
    for (const std::string &address : options.capture) {
        if (stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "Cancelled.");
        BlockMaps::Map map;
        map.address = QString::fromStdString(address);
        map.name = map.address.mid(maps->block.size() + 1);
        map.node = *description.find(address);
        map.tensor = result.captured.at(address);
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
    const Tensor &input = inputOf(description, measured, trace);
    const std::string residual = measured.name + "/residual";
    const RunResult result = runner.runBlocks(input, block, block, {.capture = {residual}, .stop = stop});
    const Tensor energies = energyMap(input.view(), result.captured.at(residual)->view());
    return sumOf(energies) / double(energies.shape().positions());
}

} // namespace reslens
