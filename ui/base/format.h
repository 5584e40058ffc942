// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tensor.h"

#include <QString>

namespace reslens {

/// "87.3 %"; "< 0.1 %" for what would round to nothing.
QString formatPercent(double share);

/// A share that was another: "40.2 → 48.7 %".
QString formatChange(double before, double now);

/// Significant digits without an exponent where that stays short: "0.0421", "12.7", "1.2×10⁻⁵".
QString formatValue(double value, int digits = 3);

/// As formatValue() writes `greatest`: with the same decimals or the same power of ten, so that the two can
/// be compared at a glance; "0" for what would round to nothing.
QString formatBeside(double value, double greatest, int digits = 3);

/// With this many decimals and a typographic minus: "−4.67".
QString formatFixed(double value, int decimals);

/// "35 × 35 × 320"
QString formatShape(const Shape &shape);

/// "48 ms", "1.3 s"
QString formatDuration(double milliseconds);

/// How long something will take, as people say it: "about half a minute".
QString formatWait(double milliseconds);

/// A class name as people write it: "Egyptian_cat" becomes "Egyptian cat".
QString readableName(const std::string &className);

} // namespace reslens
