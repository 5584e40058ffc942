// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saliency/contribution_stack.h"

namespace reslens {

std::vector<StackedPart> stacked(const BlockContribution &score)
{
    std::vector<StackedPart> parts;
    double above = 0;
    double below = 0;
    const auto put = [&](double value) {
        double &end = value < 0 ? below : above;
        parts.push_back({end, end + value});
        end += value;
    };
    for (const double branch : score.branches)
        put(branch);
    put(score.bias);
    return parts;
}

} // namespace reslens
