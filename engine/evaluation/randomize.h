// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/network.h"

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace reslens {

/// The network with new weights in every block from `firstBlock` (a position in Description::blocks) to the
/// end, as if it had never been trained there: kernels uniform with a variance of 2 / fan-in before a ReLU
/// and 1 / fan-in elsewhere (He et al. 2015), which keeps activations of the same order, biases 0. A layer's
/// new weights depend on the seed alone, so that networks of one seed differ only by how far down they are
/// changed. Throws Error(Cancelled).
std::shared_ptr<const Network> randomizedFrom(const Network &network, int firstBlock, unsigned seed,
                                              const std::stop_token &stop = {});

/// The parts that a cascade randomizes one after the other, from the end of the network to its beginning:
/// residual blocks of one kind are one part.
struct CascadePart
{
    std::string name; ///< "predictions", "block17"
    int firstBlock = 0;
};

std::vector<CascadePart> cascadeParts(const Description &description);

} // namespace reslens
