// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"

#include <cstddef>
#include <string>
#include <vector>

namespace reslens {

/// The node behind "BLOCK/TENSOR", for addresses that people type. Throws Error(InvalidArgument) with a
/// sentence that lists what there is: the tensors of the block, or the blocks if it is the block that does
/// not exist.
int findTensor(const Description &description, const std::string &address);

/// The addresses by the position of their block in Description::blocks, each once. Throws as findTensor().
std::vector<std::vector<std::string>> byBlock(const Description &description,
                                              const std::vector<std::string> &addresses);

/// Extents under which a node's values are exported: {height, width, channels} for a feature map, {n} for the
/// vectors that follow the global pooling.
std::vector<std::size_t> exportExtents(const Node &node, const Shape &shape);

} // namespace reslens
