// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/image_methods.h"

#include "engine/kernels/elementwise.h"
#include "engine/saliency/logit.h"
#include "engine/saliency/maps.h"

#include <algorithm>
#include <numeric>
#include <random>

namespace reslens {

namespace {

/// y and ∂y/∂input at a picture.
struct Slope
{
    double y;
    std::shared_ptr<const Tensor> gradient;
};

Slope slopeAt(const ImageQuestion &question, const Tensor &input)
{
    const RunResult run = question.runner.run(input, {.stop = question.stop, .record = true});
    return {
        explainedLogit(run, question.logitWeights),
        question.runner
            .backward(*run.tape, question.logitWeights, {.capture = {"stem/input"}, .stop = question.stop})
            .gradients.at("stem/input")};
}

double logitAt(const ImageQuestion &question, const Tensor &input)
{
    return explainedLogit(question.runner.run(input, {.stop = question.stop}), question.logitWeights);
}

void report(const ImageQuestion &question, int done, int total)
{
    if (question.progress)
        question.progress(done, total);
}

} // namespace

ImageAnswer gradientSaliency(const ImageQuestion &question)
{
    const Slope slope = slopeAt(question, question.input);
    return {.map = magnitudeMap(slope.gradient->view()), .logit = slope.y};
}

ImageAnswer inputTimesGradientSaliency(const ImageQuestion &question)
{
    const Slope slope = slopeAt(question, question.input);
    return {.map = contributionMap(question.input.view(), slope.gradient->view()), .logit = slope.y};
}

ImageAnswer integratedGradientsSaliency(const ImageQuestion &question)
{
    if (question.steps == 1) {
        ImageAnswer answer = inputTimesGradientSaliency(question);
        answer.start = logitAt(question, Tensor(question.input.shape()));
        return answer;
    }
    /// At factor · picture: y, its gradient, and its slope along the path.
    struct Point
    {
        double factor;
        Slope at;
        double along;
    };
    const auto pointAt = [&](double factor) {
        Tensor scaled = question.input.clone();
        std::ranges::for_each(scaled.values(), [factor](float &value) { value *= float(factor); });
        Slope at = slopeAt(question, scaled);
        const double along =
            innerProduct(at.gradient->data(), question.input.data(), question.input.shape().count());
        return Point{factor, std::move(at), along};
    };
    Tensor sum(question.input.shape());
    std::optional<Point> before;
    double start = 0;
    for (int step = 0; step < question.steps; ++step) {
        // Closer together near the grey start, where most gates turn.
        const double t = double(step) / (question.steps - 1);
        Point point = pointAt(t * t);
        if (before) {
            const double width = point.factor - before->factor;
            const double mean = (point.at.y - before->at.y) / width;
            const double jump = before->along - point.along;
            constexpr double lean = 0.2;
            const double share =
                jump == 0 ? 0.5 : std::clamp((mean - point.along) / jump, 0.5 - lean, 0.5 + lean);
            add(sum, *before->at.gradient, float(share * width));
            add(sum, *point.at.gradient, float((1 - share) * width));
        } else {
            start = point.at.y;
        }
        before = std::move(point);
        report(question, step + 1, question.steps);
    }
    return {.map = contributionMap(question.input.view(), sum.view()), .logit = before->at.y, .start = start};
}

ImageAnswer smoothGradSaliency(const ImageQuestion &question)
{
    const double logit = logitAt(question, question.input);
    const auto [least, most] = std::ranges::minmax(question.input.values());
    std::mt19937 random(1);
    std::normal_distribution<float> noise(0, 0.15F * std::max(most - least, 1e-6F));
    Tensor sum(question.input.shape());
    for (int step = 0; step < question.steps; ++step) {
        Tensor noisy = question.input.clone();
        std::ranges::for_each(noisy.values(), [&](float &value) { value += noise(random); });
        add(sum, *slopeAt(question, noisy).gradient, 1.0F / float(question.steps));
        report(question, step + 1, question.steps);
    }
    return {.map = magnitudeMap(sum.view()), .logit = logit};
}

ImageAnswer occlusionSaliency(const ImageQuestion &question)
{
    const int size = question.input.shape().height;
    const int patch = std::max(1, size / 7);
    std::vector<int> places;
    for (int place = 0; place < size - patch; place += std::max(1, patch / 2))
        places.push_back(place);
    places.push_back(size - patch);

    const int total = int(places.size() * places.size()) + 1;
    const double whole = logitAt(question, question.input);
    report(question, 1, total);
    Tensor map({size, size, 1});
    Tensor covers({size, size, 1});
    int done = 1;
    for (const int top : places) {
        for (const int left : places) {
            Tensor covered = question.input.clone();
            for (int y = top; y < top + patch; ++y)
                std::fill_n(&covered.at(y, left, 0), patch * 3, 0.0F);
            const double logit = logitAt(question, covered);
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
    return {.map = std::move(map), .logit = whole};
}

} // namespace reslens
