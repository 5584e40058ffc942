// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/block_outputs.h"

namespace reslens {

std::vector<std::string> blockOutputAddresses(const Description &description)
{
    std::vector<std::string> addresses;
    for (const Block &block : description.blocks)
        if (block.name != "predictions")
            addresses.push_back(block.name + "/output");
    return addresses;
}

const Tensor &inputOf(const Block &block, const Description &description, const BlockOutputs &outputs)
{
    return *outputs.at(description.nodes[std::size_t(block.input)].block + "/output");
}

const Tensor &inputOf(const Block &block, const Description &description, const Tensor &picture,
                      const BlockOutputs &outputs)
{
    return block.input < 0 ? picture : inputOf(block, description, outputs);
}

std::map<std::string, std::shared_ptr<const Tensor>> tensorsOf(Runner &runner, int block,
                                                               const Tensor &picture,
                                                               const BlockOutputs &outputs,
                                                               const std::stop_token &stop)
{
    const Description &description = runner.network().description();
    const Block &wanted = description.blocks.at(std::size_t(block));
    return runner
        .runBlocks(inputOf(wanted, description, picture, outputs), block, block,
                   {.capture = description.addresses(wanted), .stop = stop})
        .captured;
}

} // namespace reslens
