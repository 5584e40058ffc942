// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/results.h"

#include <QRectF>

namespace reslens {

/// The patch of the network's input that stands for a map's positions from (first.y, first.x) on: as large as
/// the distance between positions, and centred on each. Maps whose windows stop at the border (VALID) leave
/// the outermost pixels uncovered.
QRectF coveredArea(const MapGeometry &geometry, QPoint first, QSize positions);

/// The receptive field of a unit in pixels of the network's input; `unit` is (column, row).
QRectF fieldOf(const BlockMaps &maps, const BlockMaps::Map &map, QPoint unit);

} // namespace reslens
