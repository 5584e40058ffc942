// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/evaluation/map_checks.h"
#include "engine/evaluation/perturbation.h"
#include "ui/worker/explanation.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace reslens {

/// What the checks have found about a map so far.
struct Examination
{
    /// Of one way in which the picture comes or goes.
    struct Game
    {
        Curve map;                 ///< places in the map's order
        std::vector<Curve> random; ///< in orders of chance

        Spread randomAreas() const;
    };

    ExplanationPtr explanation; ///< the map
    std::optional<Game> insertion;
    std::optional<Game> deletion;
    /// Rank correlation of the blocks' scores with what the logit loses without each; for methods that give
    /// scores.
    std::optional<double> lesions;
    std::optional<Spread> randomLogit; ///< for methods that explain a class
    std::optional<double> sensitivity;
    std::vector<CascadeStage> cascade; ///< of the map and, second, of an edge detector
    bool complete = false;
};

using ExaminationPtr = std::shared_ptr<const Examination>;

/// Runs all checks on the map that `request` makes of the picture, the quickest first, and reports after each
/// what is known. Of methods that average, maps that are compared with each other take `request.steps`
/// passes. Throws as computeSaliency().
void examine(Runner &runner, const Tensor &picture, const ExplanationPtr &explanation,
             const SaliencyRequest &request, const std::function<void(int, int)> &progress,
             const std::function<void(const ExaminationPtr &)> &report);

} // namespace reslens
