// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/unit_explanation.h"
#include "ui/worker/block_maps.h"

#include <QRect>
#include <memory>
#include <optional>

namespace reslens {

/// The unit of which the user wants to know how its value came to be.
struct UnitQuestion
{
    int node = 0; ///< in the model's description
    int channel = 0;
    QPoint position;       ///< (column, row)
    ModelSummaryPtr model; ///< that has the node

    bool operator==(const UnitQuestion &) const = default;
};

/// How the value of a unit came to be: the sum of a convolution or dense layer, and for the sum or output of
/// a residual block the input that it is added to. A pooling is told as a sum, too: of the values under its
/// window, those of a mean by their share, and the greatest by 1 and the others by 0.
struct UnitStory
{
    UnitQuestion question;
    float activation = 0; ///< the value as the feature maps show it
    bool relu = false;    ///< max(0, ·) comes last
    /// The node of the convolution, dense layer or pooling: the question's own, that of the branch which a
    /// stacked map came from, or the residual's.
    int source = 0;
    QRect window;                    ///< columns and rows of the source's input; may hang over its border
    UnitExplanation explanation;     ///< of the source
    std::optional<double> shortcut;  ///< x, of a residual block's sum or output
    std::vector<BranchShare> shares; ///< by branch, if the convolution reads branches of its own block

    const ModelSummary &model() const { return *question.model; }
    const Node &node() const { return model().description.nodes[std::size_t(source)]; }
    bool isPooling() const { return !node().hasWeights(); }
    bool isMaximum() const { return node().operation == Operation::MaxPooling; }
    /// "block17_3/branch_1/ch37@(8,5)", as it was asked for.
    QString address() const;
    /// Of the products, the bias and the shortcut.
    double sum() const { return explanation.sum + shortcut.value_or(0); }
};

using UnitStoryPtr = std::shared_ptr<const UnitStory>;

/// Computes a unit's block again and explains the unit by the file's weights, which, as the runner, are those
/// of the question's model. Throws Error(InvalidArgument)
/// for a tensor that is no sum (the picture, the probabilities), and what Runner and WeightFile throw.
UnitStoryPtr storyOf(Runner &runner, const Trace &trace, const WeightFile &file, const UnitQuestion &question,
                     const std::stop_token &stop);

} // namespace reslens
