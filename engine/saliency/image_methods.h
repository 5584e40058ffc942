// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runner.h"

#include <functional>
#include <span>

namespace reslens {

/// What the methods that look at the input's pixels share. `logitWeights` says what is explained, Σ
/// weight·logit; progress is called with passes done and their total. All return maps of inputSize ×
/// inputSize × 1 and throw Error(Cancelled).
struct ImageQuestion
{
    Runner &runner;
    const Tensor &input;
    std::span<const float> logitWeights;
    int steps;
    std::stop_token stop;
    std::function<void(int, int)> progress;
};

Tensor gradientSaliency(const ImageQuestion &question);
Tensor inputTimesGradientSaliency(const ImageQuestion &question);

/// Integrated gradients along the straight path from mid-grey (0) to the picture (Sundararajan et al. 2017),
/// with `steps` points, the closer together the nearer to grey. Along the path y is piecewise linear: between
/// two points the gradient is taken to change once, where it makes y's change right. So the map adds up to
/// y(picture) − y(grey) but for stretches whose mean slope is not between those at their ends; that it adds
/// up says less of its own accuracy than with the midpoint rule: at 64 points its distance from a fine path's
/// map is 2 to 3 % of its norm. With one point it is input × gradient.
Tensor integratedGradientsSaliency(const ImageQuestion &question);

/// The gradient averaged over `steps` copies with Gaussian noise of 15 % of the picture's range (Smilkov et
/// al. 2017); the noise has a fixed seed.
Tensor smoothGradSaliency(const ImageQuestion &question);

/// The fall of y when a grey patch of a seventh of the width covers a place, slid by half a patch; where
/// patches overlap their mean (Zeiler & Fergus 2014).
Tensor occlusionSaliency(const ImageQuestion &question);

/// Σ weight·logit of a plain run.
double explainedLogit(const RunResult &run, std::span<const float> logitWeights);

} // namespace reslens
