// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runner.h"

namespace reslens {

/// What a run leaves behind so that it can be taken up again at any block: the output of every block but
/// "predictions", by address.
using BlockOutputs = std::map<std::string, std::shared_ptr<const Tensor>>;

/// The addresses that a run must capture for them.
std::vector<std::string> blockOutputAddresses(const Description &description);

/// What a block after the stem reads. Throws std::out_of_range if it was not captured.
const Tensor &inputOf(const Block &block, const Description &description, const BlockOutputs &outputs);

/// What any block reads: the stem the network's input `picture`. Throws as the other one does.
const Tensor &inputOf(const Block &block, const Description &description, const Tensor &picture,
                      const BlockOutputs &outputs);

/// All tensors of a block by address, computed again. Always all of them, whichever are wanted: the last bits
/// depend on what is kept, and should be the same wherever they are shown. `block`: its position in
/// Description::blocks. Throws as inputOf() and Runner::runBlocks() do.
std::map<std::string, std::shared_ptr<const Tensor>> tensorsOf(Runner &runner, int block,
                                                               const Tensor &picture,
                                                               const BlockOutputs &outputs,
                                                               const std::stop_token &stop);

} // namespace reslens
