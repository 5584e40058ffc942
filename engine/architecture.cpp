// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/architecture.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace reslens {

namespace {

constexpr std::array stemAndMixed5b{32, 32, 64, 80, 192, 96, 48, 64, 64, 96, 96, 64};
constexpr std::array block35Filters{32, 32, 32, 32, 48, 64};
constexpr std::array mixed6a{384, 256, 256, 384};
constexpr std::array block17Filters{192, 128, 160, 192};
constexpr std::array mixed7a{256, 384, 256, 288, 256, 288, 320};
constexpr std::array block8Filters{192, 192, 224, 256};
constexpr int conv7b = 1536;

} // namespace

Architecture Architecture::standard(double width, int block35, int block17, int block8, int classes,
                                    int multiple)
{
    Architecture result;
    result.block35 = block35;
    result.block17 = block17;
    result.block8 = block8;
    result.classes = classes;

    const auto append = [&](int filters) {
        const int scaled = int(std::lround(filters * width / multiple)) * multiple;
        result.filters.push_back(std::max(multiple, scaled));
    };
    const auto appendBlocks = [&](int count, const auto &block) {
        for (int i = 0; i < count; ++i)
            std::ranges::for_each(block, append);
    };
    appendBlocks(1, stemAndMixed5b);
    appendBlocks(block35, block35Filters);
    appendBlocks(1, mixed6a);
    appendBlocks(block17, block17Filters);
    appendBlocks(1, mixed7a);
    appendBlocks(block8, block8Filters);
    append(conv7b);
    return result;
}

int Architecture::filterCount(int block35, int block17, int block8)
{
    return int(stemAndMixed5b.size() + mixed6a.size() + mixed7a.size()) +
           block35 * int(block35Filters.size()) + block17 * int(block17Filters.size()) +
           block8 * int(block8Filters.size()) + 1;
}

} // namespace reslens
