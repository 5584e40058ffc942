// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/chart_menu.h"

namespace reslens {

class BlockModel;

/// What the network strip shows, in numbers: a row a block, with its size, how much it changes its input and
/// the figures of its output, as far as they are known.
ChartTable tableOf(const BlockModel &blocks);

} // namespace reslens
