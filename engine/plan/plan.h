// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"
#include "engine/kernels/panels.h"
#include "engine/kernels/window.h"
#include "engine/kernels/winograd.h"

#include <cstddef>
#include <variant>
#include <vector>

namespace reslens {

/// Where a node's output lies in a runner's arena: position p starts at offset + p·stride (in floats). A
/// stride above the channel count means a slice of a wider map: branches are computed in place within their
/// concatenation.
struct Placement
{
    std::size_t offset = 0;
    std::ptrdiff_t stride = 0;
};

/// One SGEMM: a convolution, or sibling 1×1 convolutions of the same map side by side.
struct ConvolutionStep
{
    std::vector<int> nodes; ///< in the order of their columns
    Window window;          ///< out.channels is the sum over the nodes
    Placement source;
    Placement destination;
    Algorithm algorithm = Algorithm::Im2col;
    std::size_t kernel = 0; ///< offset in the weights, of the KernelMatrices
    int panelWidth = uncut; ///< of these
    std::size_t bias = 0;   ///< offset in the weights: out.channels
    bool relu = false;
    /// The residual addition, fused: the product is added to the trunk that lies at the destination. -1 for
    /// an ordinary convolution, otherwise the node of the sum; `relu` is then that of the block's output.
    int sum = -1;
    /// A place for the residual alone, used with a lesion and when somebody asks for the value of the sum.
    Placement residual;
};

struct PoolingStep
{
    int node = 0;
    Window window;
    bool maximum = true;
    Placement source;
    Placement destination;
};

/// A matrix-vector product of the top.
struct DenseStep
{
    int node = 0;
    int inputs = 0;
    int units = 0;
    bool relu = false;
    Placement destination;
    std::size_t kernel = 0; ///< inputs × units, row-major
    std::size_t bias = 0;
};

/// Global average pooling, dense layers, softmax.
struct TopStep
{
    int poolNode = 0;
    Shape in;
    Placement source;
    Placement pool;
    std::vector<DenseStep> dense; ///< the last one's outputs are the logits
    Placement probabilities;
};

struct Step
{
    std::variant<ConvolutionStep, PoolingStep, TopStep> work;
    int block = 0; ///< index in Description::blocks
    /// Nodes whose outputs are complete after this step, and not yet overwritten.
    std::vector<int> completes = {};
    bool finishesBlock = false; ///< completes the block's output
};

/// Everything about running a network at one input size that can be decided beforehand: the order of the
/// steps, what is fused, where every map lies in the arena and every matrix among the weights.
struct Plan
{
    std::vector<Shape> shapes;         ///< by node
    std::vector<Placement> placements; ///< by node
    std::vector<Step> steps;
    std::size_t arenaSize = 0;   ///< floats
    std::size_t weightsSize = 0; ///< floats
};

/// Plans a network for inputs of inputSize × inputSize × 3. Throws Error(InvalidArgument) as inferShapes().
Plan makePlan(const Description &description, int inputSize);

} // namespace reslens
