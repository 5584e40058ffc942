// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"
#include "engine/weights/layer_roles.h"

#include <string>
#include <vector>

namespace reslens {

/// The widths of all convolutions and the number of classes that the shapes of the stored weights tell. A
/// layer's width is what most of its weights agree on, so that a single wrong one is found by checkWeights()
/// and blamed. Throws Error(WrongShape) for a width out of the range 1 … 65535.
Architecture deriveArchitecture(const LayerRoles &roles, const std::string &fileName);

/// Checks shape, number type and stored size of every weight of the network before anything is allocated for
/// them. `fileSize` in bytes. Throws Error: WrongShape, Unsupported (not floating-point numbers), Damaged.
void checkWeights(const Description &description, const LayerRoles &roles, hsize_t fileSize,
                  const std::string &fileName);

} // namespace reslens
