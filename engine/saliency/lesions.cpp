// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/lesions.h"

#include "engine/error.h"

#include <algorithm>

namespace reslens {

namespace {

bool changesSomething(const Lesion &lesion)
{
    return lesion.residual != 1 ||
           std::ranges::any_of(lesion.branches, [](float factor) { return factor != 1; });
}

/// The first block that a lesion changes; the last block of all if there is none.
int firstChanged(const std::vector<Block> &blocks, const std::vector<Lesion> &lesions)
{
    const auto found = std::ranges::find_if(blocks, [&](const Block &block) {
        return block.residual && std::ranges::find(lesions, block.name, &Lesion::block) != lesions.end();
    });
    return int(std::min(found - blocks.begin(), std::ptrdiff_t(blocks.size()) - 1));
}

} // namespace

RunResult runLesioned(Runner &runner, const BlockOutputs &outputs, const std::vector<Lesion> &lesions,
                      const std::stop_token &stop)
{
    const Network &network = runner.network();
    const Description &description = network.description();
    if (!description.architecture.hasTop())
        throw Error(ErrorKind::NoTop, network.info().name +
                                          " has no classification head, and lesions show in "
                                          "the classes");
    RunOptions options{.stop = stop};
    std::ranges::copy_if(lesions, std::back_inserter(options.lesions), changesSomething);
    const int first = firstChanged(description.blocks, options.lesions);
    const Tensor &input = inputOf(description.blocks[std::size_t(first)], description, outputs);
    return runner.runBlocks(input, first, int(description.blocks.size()) - 1, options);
}

} // namespace reslens
