// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/logit.h"

#include <numeric>

namespace reslens {

std::vector<float> logitWeightsOf(int classes, int classIndex, const std::optional<int> &versus)
{
    std::vector<float> weights(std::size_t(classes), 0.0F);
    weights[std::size_t(classIndex)] += 1;
    if (versus)
        weights[std::size_t(*versus)] -= 1;
    return weights;
}

double explainedLogit(const RunResult &run, std::span<const float> logitWeights)
{
    return std::inner_product(logitWeights.begin(), logitWeights.end(), run.logits.begin(), 0.0);
}

} // namespace reslens
