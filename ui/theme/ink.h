// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace reslens {

/// Black or white, whichever can be read better on the colour (WCAG 2.1: contrast of relative luminances).
QColor inkOn(const QColor &colour);

/// Of the relative luminances of two colours, 1 to 21 (WCAG 2.1).
double contrast(const QColor &first, const QColor &second);

/// The colour, or the one nearest to it on the way to black or white that text on `ground` can have: its
/// contrast is at least 4.5, which WCAG 2.1 asks of text.
QColor readableOn(const QColor &ground, const QColor &colour);

} // namespace reslens
