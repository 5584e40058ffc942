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
    const StoredLayer *layer = nullptr;              ///< convolution or dense
    const StoredLayer *normalization = nullptr;      ///< its batch normalization; null if the node has none
    const StoredLayer *inputNormalization = nullptr; ///< a dense layer's, of its inputs; null for none
};

/// A dense layer of the classification head.
struct HeadRole
{
    NodeLayers layers = {};
    bool relu = false;
    float epsilon = 1e-3F;      ///< of the batch normalization after it
    float inputEpsilon = 1e-3F; ///< of the one before it
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
    /// Layers with weights that are none of the above, in the order of the file: the head, unless there is
    /// something else in it.
    std::vector<StoredLayer *> others;
    std::vector<HeadRole> head; ///< see assignHead(); empty for a network without top

    NodeLayers of(const Node &node) const;
};

/// Finds every layer that the network needs below its head and every weight of it. Throws Error: NotAModel
/// (with the network that it probably is), MissingLayer, Unsupported. `fileName` is for messages.
LayerRoles assignRoles(StoredNetwork &network, const std::string &fileName);

} // namespace reslens
