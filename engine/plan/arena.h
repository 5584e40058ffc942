// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace reslens {

/// A stretch of memory that is needed from one step of a plan to another, both inclusive.
struct Lifetime
{
    std::size_t size = 0; ///< floats
    int first = 0;
    int last = 0;
};

struct ArenaLayout
{
    std::vector<std::size_t> offsets; ///< in floats, multiples of 64 bytes
    std::size_t size = 0;             ///< floats
};

/// Packs buffers into one arena so that no two that live at the same time overlap (first fit, largest first).
ArenaLayout packArena(const std::vector<Lifetime> &lifetimes);

} // namespace reslens
