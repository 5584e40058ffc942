// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/geometry.h"
#include "engine/analysis/unit_explanation.h"
#include "engine/block_outputs.h"

namespace reslens {

/// A value inside a network.
struct Unit
{
    int node = 0; ///< in Description::nodes
    int channel = 0;
    int y = 0;
    int x = 0;
};

/// How the value of a unit came to be: the sum of a convolution or dense layer, and for the sum or output of
/// a residual block the input that it is added to. A pooling is told as a sum, too: of the values under its
/// window, those of a mean by their share, and the greatest by 1 and the others by 0.
struct UnitOrigin
{
    float activation = 0; ///< the value as the feature maps show it
    bool relu = false;    ///< max(0, ·) comes last
    /// The node of the convolution, dense layer or pooling: the unit's own, that of the branch which a
    /// stacked map came from, or the residual's.
    int source = 0;
    Region window;                   ///< on the source's input; may hang over its border
    UnitExplanation explanation;     ///< of the source
    std::optional<double> shortcut;  ///< x, of a residual block's sum or output
    std::vector<BranchShare> shares; ///< by branch, if the convolution reads branches of its own block

    /// Of the products, the bias and the shortcut.
    double sum() const { return explanation.sum + shortcut.value_or(0); }
};

/// Computes the unit's block again from what a run left behind, and explains the unit by the weights of
/// `file`, which must be those of the runner's network. Throws Error(InvalidArgument) for a unit that is not
/// there or is no sum (the picture, the probabilities), and what Runner, inputOf() and WeightFile throw.
UnitOrigin originOf(Runner &runner, const Tensor &picture, const BlockOutputs &outputs,
                    const WeightFile &file, const Unit &unit, const std::stop_token &stop);

} // namespace reslens
