// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/examination.h"

#include <QString>

namespace reslens {

// What the checks' figures mean, each in a sentence or two with the figure in it.

/// A random order's mean ± its deviation stands beside the map's area; within that, the map is no better.
QString insertionVerdict(const Examination::Game &game);
QString deletionVerdict(const Examination::Game &game);

/// By what is left of the map, and of the edge detector's, when all weights are lost; see dependentBelow.
QString cascadeVerdict(const std::vector<CascadeStage> &cascade);
QString randomLogitVerdict(const Spread &correlations);
QString sensitivityVerdict(double change);
QString lesionVerdict(double correlation);

} // namespace reslens
