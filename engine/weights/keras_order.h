// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"

#include <vector>

namespace reslens {

/// Nodes in the order of Keras' `model.layers`, by which its newer files number the layers of a class: the
/// layers furthest from the output first, those equally far in the order in which a depth-first walk from the
/// output meets them (`map_graph` in Keras' function.py).
struct KerasOrder
{
    std::vector<int> convolutions;   ///< all, those with fixed names included
    std::vector<int> normalizations; ///< the convolutions that are batch-normalized
};

/// Of the network without its head, which changes nothing in the order.
KerasOrder kerasOrder(const Description &description);

} // namespace reslens
