// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/saliency/saliency.h"

namespace reslens {

/// Whether a network can be asked this. Throws Error: NoTop for a method that needs a class on a network
/// without, InvalidArgument for a class outside the range, or for a block or branch that the method cannot
/// take.
void checkRequest(const Network &network, const SaliencyRequest &request);

} // namespace reslens
