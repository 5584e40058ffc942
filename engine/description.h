// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/architecture.h"
#include "engine/tensor.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reslens {

enum class Operation
{
    Input,
    Convolution, ///< with bias (a folded batch normalization or a real one), optional ReLU, optional output
                 ///< scale
    MaxPooling,  ///< VALID
    AveragePooling,   ///< SAME, padding not counted
    Concatenation,    ///< along the channels
    ResidualAddition, ///< inputs[0] (shortcut) + inputs[1] (scaled residual)
    Relu,
    GlobalAveragePooling,
    Dense,
    Softmax
};

enum class Padding
{
    Same,
    Valid
};

/// One operation of the network and the tensor it puts out.
struct Node
{
    std::string block = {};  ///< "block17_3"
    std::string tensor = {}; ///< "residual": the node's address is "block17_3/residual"
    Operation operation = Operation::Input;
    std::vector<int> inputs = {}; ///< indices of earlier nodes

    // Convolution and pooling.
    int kernelHeight = 1;
    int kernelWidth = 1;
    int stride = 1;
    Padding padding = Padding::Same;

    // Convolution and dense.
    int filters = 0;
    bool relu = false;
    float scale = 1.0F; ///< factor of the whole output, bias included (the residual scale s)
    /// Position among the convolutions without a fixed layer name, in creation order: 0 for Keras' first
    /// `conv2d` and `batch_normalization` of the session. -1 where layerName is set or there are no weights.
    int creationIndex = -1;
    /// Keras' fixed layer name ("block17_3_conv", "conv_7b", "predictions"); empty where Keras numbers the
    /// layer.
    std::string layerName = {};
    /// The convolution has no bias of its own but a batch normalization after it (gamma 1, epsilon 1e-3). The
    /// batch normalization of a fixed-name convolution is called layerName + "_bn".
    bool batchNormalization = false;

    // Dense.
    int headIndex = -1; ///< position among the dense layers
    bool bias = true;
    std::optional<BatchNormalization> inputNormalization = {};
    std::optional<BatchNormalization> outputNormalization = {}; ///< before the ReLU

    std::string address() const { return block + "/" + tensor; }
    bool hasWeights() const { return operation == Operation::Convolution || operation == Operation::Dense; }
};

/// A stage of the network as people count them: "stem", "block35_1", …, "predictions".
struct Block
{
    std::string name;
    int firstNode = 0;
    int lastNode = 0; ///< inclusive
    int input = 0;    ///< node whose output the block reads; -1 for the stem, whose first node is the picture
    int output = 0;   ///< node that is the block's "output" (probabilities for "predictions")
    bool residual = false;
};

/// Inception-ResNet-v2 as data. Everything that needs to know the topology (shapes, weights, plan, forward
/// and backward pass, layer trees, tests) reads it from here; there is no arithmetic in it.
struct Description
{
    Architecture architecture;
    std::vector<Node> nodes;   ///< in execution order; node 0 is the input image
    std::vector<Block> blocks; ///< in execution order

    /// The node behind a tensor address "BLOCK/TENSOR", aliases included ("block35_2/input" is the node
    /// "block35_1/output"; the last block8's "output" is its "sum"); nothing if there is no such address.
    std::optional<int> find(std::string_view address) const;
    /// All tensor addresses of a block, in execution order, aliases included.
    std::vector<std::string> addresses(const Block &block) const;
    const Block *findBlock(std::string_view name) const;
    /// The nodes of a residual block's Inception branches, in the order of their concatenation.
    const std::vector<int> &branchesOf(const Block &block) const;
};

/// "block17" for "block17_3": the name without the number of a repeated block.
std::string stageOf(const std::string &block);

/// Inception-ResNet-v2 with the given numbers of blocks and widths (Szegedy et al. 2016, "Inception-v4,
/// Inception-ResNet and the Impact of Residual Connections on Learning"; topology of tf.keras.applications,
/// which is TF-slim's). Throws Error(InvalidArgument) if `filters` has the wrong number of entries or one is
/// below 1, or if the head does not end in the given number of classes.
Description describe(const Architecture &architecture);

/// Input channels of a node that has weights: the K of its kernel, kernelHeight × kernelWidth × inputChannels
/// × filters.
int inputChannels(const Description &description, int node);

} // namespace reslens
