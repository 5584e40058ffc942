// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/block_outputs.h"

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

} // namespace reslens
