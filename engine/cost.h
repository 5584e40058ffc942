// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"

#include <cstdint>
#include <vector>

namespace reslens {

/// What one operation, or several together, store and compute.
struct Cost
{
    std::int64_t parameters = 0; ///< as parameterCount() counts them
    /// Floating-point operations of one pass: 2 for each multiply-add of the convolutions and dense layers,
    /// windows that hang over the border counted in full, as profilers count them. Batch normalization is
    /// folded; biases, ReLUs, poolings and additions are too few to count.
    std::int64_t flops = 0;

    Cost &operator+=(const Cost &other)
    {
        parameters += other.parameters;
        flops += other.flops;
        return *this;
    }
    bool operator==(const Cost &) const = default;
};

/// Number of values in the Keras layers' weights, trainable or not: kernels, biases, and for each batch
/// normalization beta, mean and variance, in the head gamma too. 55,873,736 for the official network.
std::int64_t parameterCount(const Description &description);

/// Number of values in the weights of one node's Keras layers; 0 for a node without weights.
std::int64_t parameterCount(const Description &description, int node);

/// Cost of one node; `shapes` as from inferShapes().
Cost costOf(const Description &description, const std::vector<Shape> &shapes, int node);

/// Cost of all nodes of a block. The blocks of the official network at 299 × 299 pixels add up to 55,873,736
/// parameters and 26.3 GFLOP.
Cost costOf(const Description &description, const std::vector<Shape> &shapes, const Block &block);

} // namespace reslens
