// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runner.h"

#include <functional>
#include <optional>
#include <span>

namespace reslens {

/// What the methods that look at the input's pixels share. `logitWeights` says what is explained, Σ
/// weight·logit, called y; progress is called with passes done and their total. All throw Error(Cancelled).
struct ImageQuestion
{
    Runner &runner;
    const Tensor &input;
    std::span<const float> logitWeights;
    int steps;
    std::stop_token stop;
    std::function<void(int, int)> progress;
};

/// What a method finds, with what its passes tell of y by the way.
struct ImageAnswer
{
    Tensor map;                       ///< inputSize × inputSize × 1
    double logit = 0;                 ///< y at the picture
    std::optional<double> start = {}; ///< y where a path to the picture starts, for integrated gradients
};

ImageAnswer gradientSaliency(const ImageQuestion &question);
ImageAnswer inputTimesGradientSaliency(const ImageQuestion &question);

/// Integrated gradients along the straight path from mid-grey (0) to the picture (Sundararajan et al. 2017),
/// with `steps` points, the closer together the nearer to grey. Between two points the gradient is the mean
/// of theirs (the trapezoid rule), leaning to the one that makes y's change right by up to a fifth of the
/// stretch: at 64 points, not at 8, a third nearer to y(picture) − y(grey), which says less of the map's
/// own accuracy. At 64 points its distance from a fine path's map is 2 % of its norm in the embedded network
/// and 5 % in networks of random weights, where the midpoint rule has 2 and 4 %. With one point it is input ×
/// gradient.
ImageAnswer integratedGradientsSaliency(const ImageQuestion &question);

/// The gradient averaged over `steps` copies with Gaussian noise of 15 % of the picture's range (Smilkov et
/// al. 2017); the noise has a fixed seed.
ImageAnswer smoothGradSaliency(const ImageQuestion &question);

/// The fall of y when a grey patch of a seventh of the width covers a place, slid by half a patch; where
/// patches overlap their mean (Zeiler & Fergus 2014).
ImageAnswer occlusionSaliency(const ImageQuestion &question);

} // namespace reslens
