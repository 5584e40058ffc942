// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace reslens {

/// What a backward pass must know of the forward pass: which ReLUs let their value through, and which value
/// each max-pooling chose. With these fixed the network is linear in its activations. Indexed by node; empty
/// where there is nothing to record. A byte a value, height × width × channels.
struct Tape
{
    std::vector<std::vector<std::uint8_t>> gates;
    std::vector<std::vector<std::uint8_t>> choices; ///< place within the window, counted row by row
};

} // namespace reslens
