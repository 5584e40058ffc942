// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCustomPlot;

namespace reslens {

/// A chart on the window itself: no margins around it, axes without lines and ticks, and only the values'
/// grid.
void makeQuiet(QCustomPlot &plot);

} // namespace reslens
