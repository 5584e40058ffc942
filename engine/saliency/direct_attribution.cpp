// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/direct_attribution.h"

#include "engine/kernels/adjoint.h"
#include "engine/kernels/elementwise.h"
#include "engine/plan/plan.h"
#include "engine/saliency/maps.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace reslens {

namespace {

const ConvolutionStep *convolutionOf(const Step &step)
{
    return std::get_if<ConvolutionStep>(&step.work);
}

/// The convolutions on the direct path that are no block's "up": those of the reductions and the last.
bool isOnPath(const Description &description, const Step &step)
{
    const Block *first = description.findBlock("mixed_5b");
    return convolutionOf(step) && !description.blocks[std::size_t(step.block)].residual &&
           step.block > first - description.blocks.data();
}

/// Σ over positions of gradient · bias, where the gate (if any) is open.
double biasTerm(const Tensor &gradient, std::span<const std::uint8_t> gates, const float *bias)
{
    const std::size_t channels = std::size_t(gradient.shape().channels);
    std::vector<float> open(channels);
    double sum = 0;
    for (std::size_t position = 0; position < gradient.shape().positions(); ++position) {
        const float *values = gradient.data() + position * channels;
        if (!gates.empty()) {
            std::copy_n(values, channels, open.begin());
            applyGates(gates.data() + position * channels, 1, int(channels), open.data(), 0);
            values = open.data();
        }
        sum += innerProduct(values, bias, channels);
    }
    return sum;
}

/// Σ_c a·b at each position, for each of some consecutive groups of channels.
std::vector<Tensor> mapsByBranch(const Tensor &a, const Tensor &b, const std::vector<int> &widths)
{
    std::vector<Tensor> maps;
    int first = 0;
    for (const int width : widths) {
        const auto slice = [&](const Tensor &whole) {
            return TensorView{whole.data() + first,
                              {whole.shape().height, whole.shape().width, width},
                              whole.shape().channels};
        };
        maps.push_back(contributionMap(slice(a), slice(b)));
        first += width;
    }
    return maps;
}

std::vector<int> branchWidths(const Network &network, const std::string &block)
{
    const Description &description = network.description();
    std::vector<int> widths;
    for (const int branch : description.nodes[std::size_t(*description.find(block + "/mixed"))].inputs)
        widths.push_back(network.shape(branch).channels);
    return widths;
}

double pathBiases(const Network &network, const RunResult &run, const Gradients &gradients)
{
    const Description &description = network.description();
    double sum = headBiases(network, *run.tape, gradients);
    for (const Step &step : network.plan().steps) {
        if (!isOnPath(description, step))
            continue;
        const float *bias = network.weights() + convolutionOf(step)->bias;
        for (const int node : convolutionOf(step)->nodes) {
            const Node &convolution = description.nodes[std::size_t(node)];
            sum += biasTerm(*gradients.at(convolution.address()), run.tape->gates[std::size_t(node)], bias);
            bias += convolution.filters;
        }
    }
    return sum;
}

} // namespace

double DirectAttribution::completenessError() const
{
    double sum = stem + biases;
    double largest = std::max({std::abs(logit), std::abs(stem), std::abs(biases)});
    for (const BlockContribution &block : blocks) {
        sum += block.total;
        largest = std::max(largest, std::abs(block.total));
    }
    return largest > 0 ? std::abs(logit - sum) / largest : 0;
}

std::vector<std::string> headAddresses(const Description &description)
{
    std::vector<std::string> addresses;
    for (const Node &node : description.nodes) {
        if (node.operation == Operation::Dense)
            addresses.push_back(node.address());
    }
    return addresses;
}

double headBiases(const Network &network, const Tape &tape, const Gradients &gradients)
{
    double sum = 0;
    for (const DenseStep &dense : std::get<TopStep>(network.plan().steps.back().work).dense) {
        const Node &node = network.description().nodes[std::size_t(dense.node)];
        sum += biasTerm(*gradients.at(node.address()), tape.gates[std::size_t(dense.node)],
                        network.weights() + dense.bias);
    }
    return sum;
}

std::vector<std::string> directAttributionCaptures(const Description &description, bool branches)
{
    std::vector<std::string> captures{"mixed_5b/output"};
    for (const Block &block : description.blocks) {
        if (!block.residual)
            continue;
        captures.push_back(block.name + "/residual");
        if (branches)
            captures.push_back(block.name + "/mixed");
    }
    return captures;
}

DirectAttribution directAttribution(Runner &runner, const RunResult &run, std::span<const float> logitWeights,
                                    bool branches, const std::stop_token &stop)
{
    const Network &network = runner.network();
    const Description &description = network.description();
    BackwardOptions options{.capture = {"mixed_5b/output"}, .throughResiduals = false, .stop = stop};
    for (const Step &step : network.plan().steps) {
        if (isOnPath(description, step)) {
            for (const int node : convolutionOf(step)->nodes)
                options.capture.push_back(description.nodes[std::size_t(node)].address());
        }
    }
    std::ranges::copy(headAddresses(description), std::back_inserter(options.capture));
    for (const Block &block : description.blocks) {
        if (!block.residual)
            continue;
        options.capture.push_back(block.name + "/sum");
        if (branches)
            options.capture.push_back(block.name + "/mixed");
    }
    const Gradients gradients = runner.backward(*run.tape, logitWeights, options).gradients;

    DirectAttribution result;
    result.logit = std::inner_product(logitWeights.begin(), logitWeights.end(), run.logits.begin(), 0.0);
    result.stemMap =
        contributionMap(gradients.at("mixed_5b/output")->view(), run.captured.at("mixed_5b/output")->view());
    result.stem = sumOf(result.stemMap);
    result.biases = pathBiases(network, run, gradients);
    for (const Step &step : network.plan().steps) {
        const ConvolutionStep *up = convolutionOf(step);
        if (!up || up->sum < 0)
            continue;
        const std::string &name = description.blocks[std::size_t(step.block)].name;
        const Tensor &gradient = *gradients.at(name + "/sum");
        Tensor map = contributionMap(gradient.view(), run.captured.at(name + "/residual")->view());
        BlockContribution &block = result.blocks.emplace_back();
        block.block = name;
        block.total = sumOf(map);
        block.bias = biasTerm(gradient, {}, network.weights() + up->bias);
        result.maps.emplace(name, std::move(map));
        if (!branches)
            continue;
        std::vector<Tensor> parts = mapsByBranch(
            *gradients.at(name + "/mixed"), *run.captured.at(name + "/mixed"), branchWidths(network, name));
        std::ranges::transform(parts, std::back_inserter(block.branches), sumOf);
        result.branchMaps.emplace(name, std::move(parts));
    }
    return result;
}

} // namespace reslens
