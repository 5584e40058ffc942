// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/block_outputs.h"
#include "engine/runner.h"

#include <stop_token>
#include <vector>

namespace reslens {

/// The end of a run with lesions (Veit et al. 2016), taken up at the first block that they change, from what
/// a run without any left behind: bit for bit what a run of the whole network gives, in the time of what lies
/// behind that block. Factors of 1 are no lesion. Throws Error: NoTop, InvalidArgument for lesions that the
/// network cannot have, Cancelled.
RunResult runLesioned(Runner &runner, const BlockOutputs &outputs, const std::vector<Lesion> &lesions,
                      const std::stop_token &stop = {});

} // namespace reslens
