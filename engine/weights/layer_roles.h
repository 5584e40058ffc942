// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"
#include "engine/weights/keras_layers.h"

#include <string>
#include <vector>

namespace reslens {

/// The stored layers behind one node of the network.
struct NodeLayers
{
    const StoredLayer *layer = nullptr;         ///< convolution or dense
    const StoredLayer *normalization = nullptr; ///< its batch normalization; null if the node has none
};

/// The layers of a file in the roles that they have in an Inception-ResNet-v2. Points into the StoredNetwork.
struct LayerRoles
{
    int block35 = 0;
    int block17 = 0;
    int block8 = 0;
    /// Convolutions without a fixed name and their batch normalizations, in creation order: that of the
    /// numbers that Keras gives them, wherever in the file they are and wherever the numbers start.
    std::vector<NodeLayers> numbered;
    std::vector<const StoredLayer *> residual; ///< block35_1_conv … block8_10_conv
    NodeLayers last;                           ///< conv_7b, conv_7b_bn
    const StoredLayer *predictions = nullptr;  ///< null for a network without top

    NodeLayers of(const Node &node) const;
};

/// Finds every layer that the network needs and every weight of it. Without a layer "predictions", the only
/// dense layer of the file is the classification head, whatever it is called. Throws Error: NotAModel (with
/// the network that it probably is), MissingLayer, Unsupported. `fileName` is for messages.
LayerRoles assignRoles(const StoredNetwork &network, const std::string &fileName);

} // namespace reslens
