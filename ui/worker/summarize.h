// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/colormap.h"
#include "ui/worker/results.h"

namespace reslens {

/// The scale of every map of magnitudes in the window.
inline constexpr ColorMap MapColours = ColorMap::Viridis;

/// A map of one channel as a picture, one pixel a position: `low` takes the first colour, `high` the last.
QImage paintMap(const TensorView &map, float low, float high);

/// Figures, mean map and thumbnail of a block's output.
BlockSummaryPtr summarize(const BlockReport &report);

ModelSummaryPtr summarize(const Network &network, bool embedded, const FileVersion &version);

/// The picture and its halvings, down to the first that is no longer than `least` pixels, as Format_RGB32.
std::vector<QImage> halvings(const QImage &picture, int least = 512);

/// The part of a picture that a resize mode takes in, in the picture's pixels.
QRectF seenArea(QSize picture, int inputSize, ResizeMode mode);

} // namespace reslens
