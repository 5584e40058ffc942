// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/request_check.h"

#include "engine/error.h"

namespace reslens {

namespace {

void checkBranch(const Description &description, const SaliencyRequest &request)
{
    const Block *block = description.findBlock(request.block);
    if (!hasBranchMaps(request.method) || !block || !block->residual)
        throw Error(ErrorKind::InvalidArgument,
                    "a branch has a map of its own by the direct method at a residual block only");
    const int branches = int(description.branchesOf(*block).size());
    if (*request.branch < 0 || *request.branch >= branches)
        throw Error(ErrorKind::InvalidArgument, "branch " + std::to_string(*request.branch) +
                                                    " does not exist: " + block->name +
                                                    " has branches 0 to " + std::to_string(branches - 1));
}

} // namespace

void checkRequest(const Network &network, const SaliencyRequest &request)
{
    const SaliencyMethodInfo &info = infoOf(request.method);
    const Description &description = network.description();
    if (info.needsClass) {
        const int classes = description.architecture.classes;
        if (classes == 0)
            throw Error(ErrorKind::NoTop, network.info().name + " has no classification head, and " +
                                              std::string(info.name) + " explains a class");
        for (const int index : {request.classIndex, request.versus.value_or(request.classIndex)}) {
            if (index < 0 || index >= classes)
                throw Error(ErrorKind::InvalidArgument,
                            "class " + std::to_string(index) +
                                " does not exist: the network knows classes 0 to " +
                                std::to_string(classes - 1));
        }
    }
    if (request.branch)
        checkBranch(description, request);
    if (request.block.empty())
        return;
    const Block *block = description.findBlock(request.block);
    if (!block)
        throw Error(ErrorKind::InvalidArgument, "the network has no block \"" + request.block + "\"");
    const bool fits = info.place == SaliencyPlace::ResidualBlock ? block->residual
                      : info.place == SaliencyPlace::AnyBlock    ? block->name != "predictions"
                      : info.place == SaliencyPlace::LastBlock   ? block->name == "conv_7b"
                                                                 : false;
    if (!fits)
        throw Error(ErrorKind::InvalidArgument,
                    std::string(info.name) + " cannot be computed at " + request.block + ": it takes " +
                        (info.place == SaliencyPlace::ResidualBlock ? "a residual block"
                         : info.place == SaliencyPlace::AnyBlock    ? "a block with a feature map"
                         : info.place == SaliencyPlace::LastBlock
                             ? "conv_7b only"
                             : "no block, it explains the picture's pixels"));
}

} // namespace reslens
