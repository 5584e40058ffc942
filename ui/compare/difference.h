// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/colormap.h"
#include "ui/worker/results.h"

#include <optional>

namespace reslens {

/// Two maps of one channel, value by value.
struct Difference
{
    BlockMapsPtr maps; ///< of one tensor with one channel: a − b
    double meanAbsolute = 0;
    double greatestAbsolute = 0;
    std::optional<double> correlation; ///< Pearson's; nothing if one of the maps is the same everywhere
};

/// A channel of `a`'s tensor at `position` minus the same channel of `b`'s at `otherPosition`. Both tensors
/// have the same shape.
Difference differenceOf(const BlockMapsPtr &a, int position, const BlockMapsPtr &b, int otherPosition,
                        int channel);

/// One scale for a channel of two tensors, over the values of both; 0 in the middle if either has negative
/// values.
ColorScale commonScale(const BlockMaps::Map &a, const BlockMaps::Map &b, int channel);

/// A diverging scale with 0 in its middle that reaches to the greatest difference.
ColorScale scaleOf(const Difference &difference);

/// The channel whose two maps differ most on average; both tensors have the same shape.
int mostDifferentChannel(const Tensor &a, const Tensor &b);

/// The position of a tensor of this name; nothing if the block has none.
std::optional<int> tensorNamed(const BlockMaps &maps, const QString &name);

} // namespace reslens
