// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tensor_address.h"

#include "engine/error.h"

#include <algorithm>

namespace reslens {
namespace {

/// "a", "a and b", "a, b and c"
std::string enumerate(const std::vector<std::string> &names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0)
            text += i + 1 == names.size() ? " and " : ", ";
        text += names[i];
    }
    return text;
}

/// Block names with runs of numbered blocks drawn together: "block35_1…10".
std::vector<std::string> blockNames(const Description &description)
{
    std::vector<std::string> names;
    std::string last;
    for (const Block &block : description.blocks) {
        const std::string stage = stageOf(block.name);
        if (stage != last)
            names.push_back(block.name);
        else
            names.back() = stage + "_1…" + block.name.substr(stage.size() + 1);
        last = stage;
    }
    return names;
}

std::vector<std::string> tensorNames(const Description &description, const Block &block)
{
    std::vector<std::string> names = description.addresses(block);
    for (std::string &name : names)
        name.erase(0, block.name.size() + 1);
    return names;
}

} // namespace

int findTensor(const Description &description, const std::string &address)
{
    if (const std::optional<int> node = description.find(address))
        return *node;
    const std::string blockName = address.substr(0, address.find('/'));
    const Block *block = description.findBlock(blockName);
    if (!block)
        throw Error(ErrorKind::InvalidArgument, "There is no tensor \"" + address +
                                                    "\": the network's blocks are " +
                                                    enumerate(blockNames(description)));
    throw Error(ErrorKind::InvalidArgument, "There is no tensor \"" + address + "\": the tensors of " +
                                                blockName + " are " +
                                                enumerate(tensorNames(description, *block)));
}

std::vector<std::vector<std::string>> byBlock(const Description &description,
                                              const std::vector<std::string> &addresses)
{
    std::vector<std::vector<std::string>> grouped(description.blocks.size());
    for (const std::string &address : addresses) {
        findTensor(description, address);
        const Block *block = description.findBlock(address.substr(0, address.find('/')));
        std::vector<std::string> &group = grouped[std::size_t(block - description.blocks.data())];
        if (std::ranges::find(group, address) == group.end())
            group.push_back(address);
    }
    return grouped;
}

std::vector<std::size_t> exportExtents(const Node &node, const Shape &shape)
{
    const auto channels = static_cast<std::size_t>(shape.channels);
    switch (node.operation) {
    case Operation::GlobalAveragePooling:
    case Operation::Dense:
    case Operation::Softmax:
        return {channels};
    default:
        return {static_cast<std::size_t>(shape.height), static_cast<std::size_t>(shape.width), channels};
    }
}

} // namespace reslens
