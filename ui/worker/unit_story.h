// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/unit_origin.h"
#include "ui/worker/block_maps.h"

#include <memory>

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

/// The answer.
struct UnitStory : UnitOrigin
{
    UnitQuestion question;

    const ModelSummary &model() const { return *question.model; }
    /// Of the source.
    const Node &node() const { return model().description.nodes[std::size_t(source)]; }
    bool isPooling() const { return !node().hasWeights(); }
    bool isMaximum() const { return node().operation == Operation::MaxPooling; }
    /// "block17_3/branch_1/ch37@(8,5)", as it was asked for.
    QString address() const;
};

using UnitStoryPtr = std::shared_ptr<const UnitStory>;

/// By the weights of `file`, which are those of the question's model, as are the runner's. Throws as
/// originOf() does.
UnitStoryPtr storyOf(Runner &runner, const Trace &trace, const WeightFile &file, const UnitQuestion &question,
                     const std::stop_token &stop);

} // namespace reslens
