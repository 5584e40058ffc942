// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/ceil_divide.h"
#include "engine/kernels/winograd.h"

#include <algorithm>
#include <cstddef>

namespace reslens {

/// How many Winograd tiles are transformed and multiplied at a time: as many as the caches of two cores hold.
struct WinogradGroup
{
    int tiles;
    std::size_t inputPoint;   ///< floats from one point's transformed inputs to the next
    std::size_t productPoint; ///< likewise for the products
};

inline WinogradGroup winogradGroup(const Window &window, const WinogradForm &form)
{
    constexpr std::size_t limit = 768 * 1024;
    const std::size_t channels = std::size_t(window.in.channels + window.out.channels);
    const int total = form.tiles(window);
    const int fitting = std::max(64, int(limit / (channels * std::size_t(form.points))));
    const int groups = ceilDivide(total, fitting);
    const int tiles = ceilDivide(total, groups);
    return {tiles, std::size_t(tiles) * std::size_t(window.in.channels),
            std::size_t(tiles) * std::size_t(window.out.channels)};
}

/// Whether each thread takes its own tiles through all points, rather than its own points for all tiles: then
/// nothing goes from one core's cache to another's on the way, but each thread reads all of the kernels. That
/// pays where they are small.
inline bool sharesWinogradTiles(const Window &window)
{
    constexpr int smallKernel = 64 * 64;
    return window.in.channels * window.out.channels <= smallKernel;
}

} // namespace reslens
