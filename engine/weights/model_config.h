// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reslens {

/// A layer as a model's configuration describes it.
struct ConfiguredLayer
{
    std::string className; ///< "Dense"
    std::string name;      ///< "dense_3"
    /// "relu", "softmax", "linear", …: what a Dense or Activation layer applies; that of a ReLU or Softmax
    /// layer too, unless its options make it something else.
    std::string activation = {};
    bool bias = true; ///< of a Dense layer
    // Batch normalizations.
    bool scale = true;
    bool center = true;
    float epsilon = 1e-3F;
};

/// What a whole saved model tells besides its weights.
struct ModelConfig
{
    int inputSize = 0; ///< side of the square input; 0 if it is not fixed
    /// What the residuals are multiplied by, block by block; empty if it is not told in one of Keras' ways.
    std::vector<double> residualScales = {};
    std::vector<ConfiguredLayer> head = {}; ///< what follows conv_7b, in the model's order
};

/// Reads the JSON text that Keras stores as `model_config` or `config.json`; nested models count as their
/// layers. Throws Error: Damaged (not such a text), Unsupported (layers before the network that change the
/// picture otherwise than its preprocessing does, layers of the network with other options than Keras' own,
/// or several outputs). `fileName` is for messages.
ModelConfig parseModelConfig(std::string_view json, const std::string &fileName);

} // namespace reslens
