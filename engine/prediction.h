// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runner.h"

#include <vector>

namespace reslens {

/// Classes by falling probability.
struct Prediction
{
    int classIndex = 0;
    float probability = 0;
    float logit = 0;
};

/// The k most probable classes (fewer if there are fewer), ties by index.
std::vector<Prediction> topK(const RunResult &result, int k);

} // namespace reslens
