// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"
#include "engine/tensor.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace reslens {

/// What a run leaves behind so that it can be taken up again at any block: the output of every block but
/// "predictions", by address.
using BlockOutputs = std::map<std::string, std::shared_ptr<const Tensor>>;

/// The addresses that a run must capture for them.
std::vector<std::string> blockOutputAddresses(const Description &description);

/// What a block after the stem reads. Throws std::out_of_range if it was not captured.
const Tensor &inputOf(const Block &block, const Description &description, const BlockOutputs &outputs);

} // namespace reslens
