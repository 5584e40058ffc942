// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tensor.h"
#include "engine/weights/weight_file.h"

#include <optional>
#include <vector>

namespace reslens {

/// One product of the sum that makes a convolution's or dense layer's output: what a unit looked at, and how
/// much it cares.
struct UnitTerm
{
    int y = 0; ///< position and channel on the convolution's input
    int x = 0;
    int channel = 0;
    float value = 0;
    float weight = 0; ///< with the batch normalization and the residual scale folded in

    double product() const { return double(value) * double(weight); }
};

/// The batch normalization that a bias and its weights come from: the weights are those of the file times
/// 1/√(σ²+ε), the bias is β − μ/√(σ²+ε), with ε = 1e-3 and without γ.
struct UnitNormalization
{
    float beta = 0;
    float mean = 0;     ///< μ
    float variance = 0; ///< σ²
};

/// How one activation of a convolution came to be: a row of the im2col matrix times a column of the kernel,
/// plus the bias, through the ReLU if there is one. A dense layer is a 1 × 1 convolution of the one position
/// that the pooling before it leaves.
struct UnitExplanation
{
    std::vector<UnitTerm> terms; ///< in the order of the im2col row; what hangs over the border is left out
    float bias = 0;              ///< folded: β − μ·γ/√(σ²+ε), or scale · bias
    double sum = 0;              ///< of the products and the bias
    double activation = 0;       ///< max(0, sum) behind a ReLU, otherwise the sum
    /// Nothing for a convolution with a bias of its own, and for a dense layer.
    std::optional<UnitNormalization> normalization;
};

/// Explains the unit (y, x, channel) of a convolution or dense node by the file's own weights; `input` is the
/// node's input tensor as captured in a run, `shapes` as from inferShapes(). Throws Error(InvalidArgument) if
/// the node is neither or has no such unit, or if `input` has another shape, and what WeightFile::read()
/// throws.
UnitExplanation explainUnit(const WeightFile &file, const std::vector<Shape> &shapes, int node,
                            const Tensor &input, int y, int x, int channel);

/// What one branch adds to a unit.
struct BranchShare
{
    int node = 0; ///< the branch's last node
    double sum = 0;
};

/// Splits the products of a convolution over concatenated branches by branch, exactly, for the convolution is
/// linear: with the bias the shares add up to the sum. Throws Error(InvalidArgument) if the convolution reads
/// no concatenation.
std::vector<BranchShare> sharesOfBranches(const Description &description, const std::vector<Shape> &shapes,
                                          int node, const UnitExplanation &explanation);

} // namespace reslens
