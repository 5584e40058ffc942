// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/image_methods.h"

#include "engine/saliency/maps.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <utility>

namespace reslens {

namespace {

/// ∂y/∂input at a picture.
std::shared_ptr<const Tensor> inputGradient(const ImageQuestion &question, const Tensor &input)
{
    const RunResult run = question.runner.run(input, {.stop = question.stop, .record = true});
    return question.runner
        .backward(*run.tape, question.logitWeights, {.capture = {"stem/input"}, .stop = question.stop})
        .gradients.at("stem/input");
}

void report(const ImageQuestion &question, int done, int total)
{
    if (question.progress)
        question.progress(done, total);
}

/// The mean gradient over copies of the picture, each with its weight; the weights' mean is 1.
template <typename Copy>
Tensor meanGradient(const ImageQuestion &question, const Copy &copy)
{
    Tensor sum(question.input.shape());
    for (int i = 0; i < question.steps; ++i) {
        const auto [picture, weight] = copy(i);
        const auto gradient = inputGradient(question, picture);
        std::ranges::transform(sum.values(), gradient->values(), sum.values().begin(),
                               [weight](float total, float value) { return total + weight * value; });
        report(question, i + 1, question.steps);
    }
    std::ranges::for_each(sum.values(), [&](float &value) { value /= float(question.steps); });
    return sum;
}

} // namespace

double explainedLogit(const RunResult &run, std::span<const float> logitWeights)
{
    return std::inner_product(logitWeights.begin(), logitWeights.end(), run.logits.begin(), 0.0);
}

Tensor gradientSaliency(const ImageQuestion &question)
{
    return magnitudeMap(inputGradient(question, question.input)->view());
}

Tensor inputTimesGradientSaliency(const ImageQuestion &question)
{
    return contributionMap(question.input.view(), inputGradient(question, question.input)->view());
}

Tensor integratedGradientsSaliency(const ImageQuestion &question)
{
    const Tensor gradient = meanGradient(question, [&](int step) {
        Tensor scaled = question.input.clone();
        // Closer together near the grey start, where most gates turn: the midpoint rule in t with a factor of
        // t².
        const float t = (float(step) + 0.5F) / float(question.steps);
        const float factor = t * t;
        std::ranges::for_each(scaled.values(), [factor](float &value) { value *= factor; });
        return std::pair(std::move(scaled), 2 * t);
    });
    return contributionMap(question.input.view(), gradient.view());
}

Tensor smoothGradSaliency(const ImageQuestion &question)
{
    const auto [least, most] = std::ranges::minmax(question.input.values());
    std::mt19937 random(1);
    std::normal_distribution<float> noise(0, 0.15F * std::max(most - least, 1e-6F));
    const Tensor gradient = meanGradient(question, [&](int) {
        Tensor noisy = question.input.clone();
        std::ranges::for_each(noisy.values(), [&](float &value) { value += noise(random); });
        return std::pair(std::move(noisy), 1.0F);
    });
    return magnitudeMap(gradient.view());
}

Tensor occlusionSaliency(const ImageQuestion &question)
{
    const int size = question.input.shape().height;
    const int patch = std::max(1, size / 7);
    std::vector<int> places;
    for (int place = 0; place < size - patch; place += std::max(1, patch / 2))
        places.push_back(place);
    places.push_back(size - patch);

    const int total = int(places.size() * places.size()) + 1;
    const double whole =
        explainedLogit(question.runner.run(question.input, {.stop = question.stop}), question.logitWeights);
    report(question, 1, total);
    Tensor map({size, size, 1});
    Tensor covers({size, size, 1});
    int done = 1;
    for (const int top : places) {
        for (const int left : places) {
            Tensor covered = question.input.clone();
            for (int y = top; y < top + patch; ++y)
                std::fill_n(&covered.at(y, left, 0), patch * 3, 0.0F);
            const double logit =
                explainedLogit(question.runner.run(covered, {.stop = question.stop}), question.logitWeights);
            for (int y = top; y < top + patch; ++y) {
                for (int x = left; x < left + patch; ++x) {
                    map.at(y, x, 0) += float(whole - logit);
                    covers.at(y, x, 0) += 1;
                }
            }
            report(question, ++done, total);
        }
    }
    std::ranges::transform(map.values(), covers.values(), map.values().begin(), std::divides());
    return map;
}

} // namespace reslens
