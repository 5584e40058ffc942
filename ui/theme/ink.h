// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace reslens {

/// Black or white, whichever can be read better on the colour (WCAG 2.1: contrast of relative luminances).
QColor inkOn(const QColor &colour);

} // namespace reslens
