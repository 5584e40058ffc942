// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/logit_lens.h"

#include "engine/error.h"

namespace reslens {

std::vector<LensStep> logitLens(Runner &runner, const BlockOutputs &outputs, const std::stop_token &stop)
{
    const Network &network = runner.network();
    const std::vector<Block> &blocks = network.description().blocks;
    if (!network.description().architecture.hasTop())
        throw Error(ErrorKind::NoTop,
                    network.info().name + " has no classification head, and the lens reads the classes");
    const auto position = [&](const char *name) {
        return int(network.description().findBlock(name) - blocks.data());
    };
    const int head = position("conv_7b");
    std::vector<LensStep> steps;
    for (int i = position("mixed_7a"); i < head; ++i) {
        const std::string &name = blocks[std::size_t(i)].name;
        RunResult run =
            runner.runBlocks(*outputs.at(name + "/output"), head, int(blocks.size()) - 1, {.stop = stop});
        steps.push_back({name, std::move(run.logits), std::move(run.probabilities), i + 1 == head});
    }
    return steps;
}

} // namespace reslens
