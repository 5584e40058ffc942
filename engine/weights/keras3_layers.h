// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/weights/keras_layers.h"

#include <optional>
#include <string>

namespace reslens {

/// Reads Keras 3's layout (`.weights.h5`, and the weights in a `.keras` archive), which TensorFlow 2.12 to
/// 2.15 write too: layers/CLASS_N/vars/0, 1, …, where N counts the layers of a class in the model's order.
/// Newer versions add the layers' names; where they are missing, the names follow from the order, see
/// kerasOrder(). Nothing if the file has another layout. Throws Error: MissingLayer or NotAModel (without
/// names, where the convolutions are not those of an Inception-ResNet-v2), Damaged.
std::optional<StoredNetwork> readKeras3Layers(const hdf5::File &file, const std::string &fileName);

} // namespace reslens
