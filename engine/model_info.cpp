// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model_info.h"

namespace reslens {

void nameClasses(ModelInfo &info, std::span<const ClassLabel> labels)
{
    if (!info.namedClasses && labels.size() == info.classes.size())
        info.classes.assign(labels.begin(), labels.end());
}

} // namespace reslens
