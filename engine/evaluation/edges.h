// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tensor.h"

namespace reslens {

/// The magnitude of the Sobel gradient of the mean over the channels, height × width × 1, edges repeated
/// (Sobel & Feldman 1968). It knows nothing of any network: the negative control of every check.
Tensor edgeMap(const Tensor &picture);

} // namespace reslens
