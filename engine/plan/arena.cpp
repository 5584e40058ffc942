// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/arena.h"

#include <algorithm>
#include <numeric>

namespace reslens {

namespace {

std::size_t aligned(std::size_t floats)
{
    constexpr std::size_t line = 64 / sizeof(float);
    return (floats + line - 1) / line * line;
}

bool overlap(const Lifetime &a, const Lifetime &b)
{
    return a.first <= b.last && b.first <= a.last;
}

} // namespace

ArenaLayout packArena(const std::vector<Lifetime> &lifetimes)
{
    std::vector<std::size_t> order(lifetimes.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return lifetimes[i].size; });

    ArenaLayout layout;
    layout.offsets.resize(lifetimes.size());
    const auto offsetOf = [&](std::size_t i) { return layout.offsets[i]; };
    std::vector<std::size_t> placed; // by offset
    for (const std::size_t index : order) {
        const std::size_t size = aligned(lifetimes[index].size);
        std::size_t offset = 0;
        for (const std::size_t other : placed) {
            if (!overlap(lifetimes[index], lifetimes[other]))
                continue;
            if (offset + size <= layout.offsets[other])
                break;
            offset = std::max(offset, layout.offsets[other] + aligned(lifetimes[other].size));
        }
        layout.offsets[index] = offset;
        layout.size = std::max(layout.size, offset + size);
        placed.insert(std::ranges::upper_bound(placed, offset, {}, offsetOf), index);
    }
    return layout;
}

} // namespace reslens
