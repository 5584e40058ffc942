// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/evaluation/localization.h"
#include "engine/saliency/saliency.h"

#include <QString>

#include <array>
#include <optional>
#include <vector>

namespace reslens::cli {

/// What is measured of a map.
enum class Figure
{
    Insertion,
    Deletion,
    Pointing,
    MassInBox,
    Cascade,
    RandomLogit,
    Sensitivity,
    Lesions,
    Seconds
};

struct FigureInfo
{
    Figure figure;
    const char *key;   ///< in JSON and CSV: "mass_in_box"
    const char *title; ///< of a column
    const char *check; ///< of --checks; null for what is always measured
};

inline constexpr std::array figureInfos{
    FigureInfo{Figure::Insertion, "insertion", "insertion", nullptr},
    FigureInfo{Figure::Deletion, "deletion", "deletion", nullptr},
    FigureInfo{Figure::Pointing, "pointing_game", "pointing game", nullptr},
    FigureInfo{Figure::MassInBox, "mass_in_box", "mass in box", nullptr},
    FigureInfo{Figure::Cascade, "cascade", "cascade", "cascade"},
    FigureInfo{Figure::RandomLogit, "random_logit", "random logit", "random-logit"},
    FigureInfo{Figure::Sensitivity, "max_sensitivity", "max-sensitivity", "max-sensitivity"},
    FigureInfo{Figure::Lesions, "lesion_agreement", "lesions", "lesions"},
    FigureInfo{Figure::Seconds, "seconds", "seconds", nullptr},
};

/// Of one map for one picture, by Figure; nothing where it is not defined or was not asked for.
using Figures = std::array<std::optional<double>, figureInfos.size()>;

/// One that is compared with the others: a method, or what a method must beat.
struct Contestant
{
    QString name;
    const SaliencyMethodInfo *method; ///< null for the order of chance and the edge detector
};

/// The methods, then "edge-detector" and "random-order".
std::vector<Contestant> contestants(const std::vector<const SaliencyMethodInfo *> &methods);

struct EvaluationRequest
{
    std::vector<Contestant> contestants;
    std::vector<Figure> checks; ///< of those that are only measured when asked for
    int steps = 0;              ///< see SaliencyRequest
    int curveSteps = 0;         ///< see PerturbationGame
    std::stop_token stop = {};
};

/// All contestants' figures for a picture. Orders of chance and noise depend on the seed alone. The boxes, on
/// the network's input, may be none. Throws as computeSaliency().
std::vector<Figures> evaluatePicture(Runner &runner, const Tensor &input, int classIndex,
                                     const std::vector<ObjectBox> &boxes, unsigned seed,
                                     const EvaluationRequest &request);

} // namespace reslens::cli
