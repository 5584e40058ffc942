// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCPAxis;
class QCustomPlot;

namespace reslens {

/// A chart on the window itself: no margins around it, axes without lines and ticks, and only the values'
/// grid.
void makeQuiet(QCustomPlot &plot);

/// Numbers along the axis, with the minus sign that they have elsewhere.
void writeNumbers(QCPAxis &axis);
/// Whole numbers along the axis, for rows and columns.
void writePlaces(QCPAxis &axis);

} // namespace reslens
