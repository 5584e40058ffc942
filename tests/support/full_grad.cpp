// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/full_grad.h"

#include "engine/plan/plan.h"

#include <cmath>
#include <numeric>

namespace reslens::test {

namespace {

/// ⟨∂y/∂b, b⟩ of one convolution, whose bias counts where its ReLU is open.
double biasTerm(const Tensor &value, const Tensor &gradient, const float *bias, bool isSum)
{
    const std::size_t channels = std::size_t(gradient.shape().channels);
    double term = 0;
    for (std::size_t i = 0; i < gradient.values().size(); ++i) {
        if (isSum || value.values()[i] > 0)
            term += double(gradient.values()[i]) * double(bias[i % channels]);
    }
    return term;
}

} // namespace

double fullGradError(Runner &runner, const Tensor &input, std::size_t classIndex)
{
    const Network &network = runner.network();
    const Description &description = network.description();
    std::vector<std::string> convolutions;
    for (const Node &node : description.nodes) {
        if (node.operation == Operation::Convolution)
            convolutions.push_back(node.address());
    }
    const RunResult run = runner.run(input, {.capture = convolutions, .record = true});
    std::vector<float> weights(run.logits.size(), 0.0F);
    weights[classIndex] = 1;
    BackwardOptions options{.capture = convolutions};
    options.capture.push_back("stem/input");
    const auto gradients = runner.backward(*run.tape, weights, options).gradients;

    const std::span<const float> pixels = gradients.at("stem/input")->values();
    double sum = std::inner_product(pixels.begin(), pixels.end(), input.values().begin(), 0.0);
    double largest = std::abs(sum);
    for (const Step &step : network.plan().steps) {
        if (const auto *top = std::get_if<TopStep>(&step.work))
            sum += double(network.weights()[top->dense.back().bias + classIndex]);
        const auto *convolution = std::get_if<ConvolutionStep>(&step.work);
        if (!convolution)
            continue;
        const float *bias = network.weights() + convolution->bias;
        for (const int node : convolution->nodes) {
            const std::string address = description.nodes[std::size_t(node)].address();
            const Tensor &gradient = *gradients.at(address);
            const double term = biasTerm(*run.captured.at(address), gradient, bias, convolution->sum >= 0);
            sum += term;
            largest = std::max(largest, std::abs(term));
            bias += gradient.shape().channels;
        }
    }
    return std::abs(double(run.logits[classIndex]) - sum) / largest;
}

} // namespace reslens::test
