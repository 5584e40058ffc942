// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/evaluation/randomize.h"
#include "engine/evaluation/spread.h"
#include "engine/saliency/saliency.h"

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace reslens {

// What a way to make maps depends on, beyond the one map: the weights, the class, the picture's noise. Ranks
// are compared and not values, so that maps of any scale can be.

/// Makes the map that is checked, of a class, with any network of the same shape.
using MapMaker = std::function<Tensor(Runner &runner, const Tensor &picture, int classIndex)>;

/// Maps as computeSaliency() makes them for the request, but for the class that is asked for. Methods that
/// average take request.steps passes.
MapMaker mapMakerOf(const SaliencyRequest &request);

/// What all checks share. `progress` is called with maps made and their total.
struct CheckOptions
{
    unsigned seed = 1;
    std::stop_token stop = {};
    std::function<void(int, int)> progress = {};
};

/// One step down the cascade.
struct CascadeStage
{
    std::string part;                 ///< the last part that lost its weights: "block17"
    std::vector<double> correlations; ///< of each maker's map with the one of the whole network
};

// What the checks of this program take if nothing else is asked for.
inline constexpr int otherClassCount = 5;   ///< of randomLogit()
inline constexpr float noiseRadius = 0.04F; ///< of maxSensitivity(): 2 % of the values' range
inline constexpr int noiseSamples = 8;      ///< of maxSensitivity()

/// Below this rank correlation with all weights lost, a map is taken to depend on what the network has
/// learned; an edge detector's stays at 1.
inline constexpr double dependentBelow = 0.5;

/// Randomizes the network from its end downwards, as far as each of the parts, and compares each maker's map
/// with the true one: rank correlations that stay high belong to maps that show the picture rather than the
/// network (model parameter randomization test: Adebayo et al. 2018). Throws Error(Cancelled), and what the
/// makers throw.
std::vector<CascadeStage> randomizationCascade(Runner &runner, std::span<const MapMaker> makers,
                                               std::span<const CascadePart> parts, const Tensor &picture,
                                               int classIndex, const CheckOptions &options = {});

/// The rank correlations of the class's map with those of `others` classes of chance: near 1 for a map that
/// does not depend on what it explains (random-logit test: Sixt et al. 2020). At most as many as there are
/// other classes. Throws as randomizationCascade().
Spread randomLogit(Runner &runner, const MapMaker &maker, const Tensor &picture, int classIndex, int others,
                   const CheckOptions &options = {});

/// The greatest ‖map(x + δ) − map(x)‖₂ / ‖map(x)‖₂ over `samples` noises δ, uniform in ±`radius` in each
/// channel of each pixel; 0 where the map is zero (max-sensitivity: Yeh et al. 2019). Throws as
/// randomizationCascade().
double maxSensitivity(Runner &runner, const MapMaker &maker, const Tensor &picture, int classIndex,
                      float radius, int samples, const CheckOptions &options = {});

/// By how much Σ logitWeights[c]·logit[c] falls when each residual block is switched off alone, from the
/// first to the last (lesions: Veit et al. 2016). Progress counts blocks. Throws Error(Cancelled).
std::vector<double> lesionDrops(Runner &runner, const Tensor &picture, std::span<const float> logitWeights,
                                const CheckOptions &options = {});

/// How well blocks' scores rank the blocks by their drops: the rank correlation of the two, or of the drops'
/// magnitudes for scores that have no sign.
double lesionAgreement(std::span<const BlockContribution> scores, std::span<const double> drops,
                       bool isSigned);

} // namespace reslens
