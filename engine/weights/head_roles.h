// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/weights/layer_roles.h"
#include "engine/weights/model_config.h"

#include <optional>
#include <string>

namespace reslens {

/// Finds the classification head among the layers that are not the network's own: dense layers, ReLUs and
/// batch normalizations between the global average pooling and a softmax; dropout and the like do nothing
/// when a network runs. Without a configuration, hidden layers are taken to have a ReLU, and batch
/// normalizations to follow it unless the dense layer has no bias. Throws Error: Unsupported (anything else
/// in the head, by name), MissingLayer. `fileName` is for messages.
void assignHead(LayerRoles &roles, const StoredNetwork &network, const std::optional<ModelConfig> &config,
                const std::string &fileName);

} // namespace reslens
