// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace reslens {

/// Of the three kinds of residual blocks, 0 to 2; as bright on dark windows as they are dark on light ones.
QColor stageColour(int stage);
inline constexpr int StageCount = 3;

} // namespace reslens
