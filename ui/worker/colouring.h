// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/colormap.h"
#include "ui/worker/results.h"

#include <QImage>
#include <optional>

namespace reslens {

/// Which values a map's colours are stretched over.
enum class Contrast
{
    Map,    ///< those of the channel alone: every map shows all it has
    Tensor, ///< those of the whole tensor: maps can be compared
    Locked  ///< as Tensor, but those of the picture before: pictures can be compared
};

/// How feature maps become pictures.
struct Colouring
{
    /// Nothing: viridis from 0 for magnitudes, the diverging scale for tensors with negative values.
    std::optional<ColorMap> map;
    Contrast contrast = Contrast::Map;
    /// Share of the values left out at either end, see percentileLimits().
    double cut = 0;
    /// The limits that a locked contrast keeps; without them, those of the tensor.
    std::optional<std::pair<float, float>> locked = {};

    bool operator==(const Colouring &) const = default;
};

/// The range of values that a channel's colours are stretched over.
std::pair<float, float> valueLimits(const BlockMaps::Map &map, int channel, const Colouring &colouring);

/// The scale for a range of values. The diverging map always has 0 in its middle, and the automatic scale of
/// a tensor that is nowhere negative starts at 0, so that 0 means the same in all of its channels.
ColorScale scaleOver(std::pair<float, float> limits, const BlockMaps::Map &map, const Colouring &colouring);

/// One channel as a picture, one pixel a position.
QImage paintChannel(const TensorView &map, int channel, const ColorScale &scale);

/// A colour map as it stands beside a picture, from its lower (left or bottom) to its upper end.
QImage paintRamp(ColorMap map, Qt::Orientation orientation);

} // namespace reslens
