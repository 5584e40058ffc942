// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"

#include <string>
#include <vector>

namespace reslens {

/// A residual block with its branches turned down, off or up: what the network computes without them (Veit et
/// al. 2016).
struct Lesion
{
    std::string block;
    /// Factor of the whole residual s·F(x); at 0 the block puts out its input, bit for bit.
    float residual = 1;
    /// Factor of each Inception branch before the "up" convolution; empty leaves all alone.
    std::vector<float> branches = {};
};

/// The lesions at their blocks' positions in Description::blocks, null for blocks without one; of several for
/// a block the last counts. Throws Error(InvalidArgument) for what is no residual block, or for another
/// number of branches than it has.
std::vector<const Lesion *> lesionsByBlock(const Description &description,
                                           const std::vector<Lesion> &lesions);

} // namespace reslens
