// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lesion.h"

#include "engine/error.h"

namespace reslens {

std::vector<const Lesion *> lesionsByBlock(const Description &description, const std::vector<Lesion> &lesions)
{
    std::vector<const Lesion *> byBlock(description.blocks.size(), nullptr);
    for (const Lesion &lesion : lesions) {
        const Block *block = description.findBlock(lesion.block);
        if (!block || !block->residual)
            throw Error(ErrorKind::InvalidArgument,
                        "the network has no residual block \"" + lesion.block + "\"");
        const std::size_t branches = description.branchesOf(*block).size();
        if (!lesion.branches.empty() && lesion.branches.size() != branches)
            throw Error(ErrorKind::InvalidArgument, lesion.block + " has " + std::to_string(branches) +
                                                        " branches, not " +
                                                        std::to_string(lesion.branches.size()));
        byBlock[std::size_t(block - description.blocks.data())] = &lesion;
    }
    return byBlock;
}

} // namespace reslens
