// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/stage_colours.h"

#include <algorithm>

namespace reslens {

QColor stageColour(int stage)
{
    static const QColor colours[StageCount]{QColor(0x2a, 0x9d, 0x8f), QColor(0x7b, 0x6f, 0xd0),
                                            QColor(0xd0, 0x8a, 0x2e)};
    return colours[std::clamp(stage, 0, StageCount - 1)];
}

} // namespace reslens
