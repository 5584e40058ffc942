// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/direct_attribution.h"

#include "engine/kernels/elementwise.h"
#include "engine/kernels/gates.h"
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
double biasTerm(const TensorView &gradient, std::span<const std::uint8_t> gates, const float *bias)
{
    const std::size_t channels = std::size_t(gradient.shape.channels);
    std::vector<float> open(channels);
    double sum = 0;
    for (int y = 0; y < gradient.shape.height; ++y) {
        for (int x = 0; x < gradient.shape.width; ++x) {
            const float *values = gradient.at(y, x);
            if (!gates.empty()) {
                std::copy_n(values, channels, open.begin());
                const std::size_t position =
                    std::size_t(y) * std::size_t(gradient.shape.width) + std::size_t(x);
                applyGates(gates.data() + position * gateBytes(int(channels)), 1, int(channels), open.data(),
                           0);
                values = open.data();
            }
            sum += innerProduct(values, bias, channels);
        }
    }
    return sum;
}

/// Σ_c a·b at each position, for each of some consecutive groups of channels.
std::vector<Tensor> mapsByBranch(const TensorView &a, const TensorView &b, const std::vector<int> &widths)
{
    std::vector<Tensor> maps;
    int first = 0;
    for (const int width : widths) {
        const auto slice = [&](const TensorView &whole) {
            return TensorView{
                whole.data + first, {whole.shape.height, whole.shape.width, width}, whole.stride};
        };
        maps.push_back(contributionMap(slice(a), slice(b)));
        first += width;
    }
    return maps;
}

std::vector<int> branchWidths(const Network &network, const Block &block)
{
    std::vector<int> widths;
    for (const int branch : network.description().branchesOf(block))
        widths.push_back(network.shape(branch).channels);
    return widths;
}

/// The terms of a logit, each from the gradient at its own tensor while the backward pass is there.
class Terms
{
public:
    Terms(const Network &network, const RunResult &run, bool branches)
        : m_network(network), m_description(network.description()), m_run(run)
    {
        at("mixed_5b/output", [this](const TensorView &gradient) {
            m_result.stemMap = contributionMap(gradient, activation("mixed_5b/output"));
        });
        at("conv_7b/output", [this](const TensorView &gradient) {
            m_result.classMap = contributionMap(gradient, activation("conv_7b/output"));
        });
        std::size_t blocks = 0;
        for (const Step &step : network.plan().steps) {
            const ConvolutionStep *convolution = convolutionOf(step);
            if (isOnPath(m_description, step))
                addBiases(*convolution);
            else if (convolution && convolution->sum >= 0)
                addBlock(m_description.blocks[std::size_t(step.block)], blocks++,
                         network.weights() + convolution->bias, branches);
        }
        m_result.blocks.resize(blocks);
    }

    // The visits know this object by its place.
    Terms(const Terms &) = delete;
    Terms &operator=(const Terms &) = delete;

    const std::vector<GradientVisit> &visits() const { return m_visits; }

    DirectAttribution result(std::span<const float> logitWeights, const Gradients &ofHead)
    {
        m_result.logit =
            std::inner_product(logitWeights.begin(), logitWeights.end(), m_run.logits.begin(), 0.0);
        m_result.stem = sumOf(m_result.stemMap);
        m_result.biases += headBiases(m_network, *m_run.tape, ofHead);
        return std::move(m_result);
    }

private:
    void at(const std::string &address, std::function<void(const TensorView &)> visit)
    {
        m_visits.push_back({address, std::move(visit)});
    }

    TensorView activation(const std::string &address) const { return m_run.captured.at(address)->view(); }

    void addBiases(const ConvolutionStep &step)
    {
        const float *bias = m_network.weights() + step.bias;
        for (const int node : step.nodes) {
            const Node &convolution = m_description.nodes[std::size_t(node)];
            at(convolution.address(), [this, node, bias](const TensorView &gradient) {
                m_result.biases += biasTerm(gradient, m_run.tape->gates[std::size_t(node)], bias);
            });
            bias += convolution.filters;
        }
    }

    void addBlock(const Block &residual, std::size_t index, const float *bias, bool branches)
    {
        const std::string &name = residual.name;
        at(name + "/sum", [this, name, index, bias](const TensorView &gradient) {
            Tensor map = contributionMap(gradient, activation(name + "/residual"));
            BlockContribution &block = m_result.blocks[index];
            block.block = name;
            block.total = sumOf(map);
            block.bias = biasTerm(gradient, {}, bias);
            m_result.maps.emplace(name, std::move(map));
        });
        if (!branches)
            return;
        at(name + "/mixed", [this, name, index, &residual](const TensorView &gradient) {
            std::vector<Tensor> parts =
                mapsByBranch(gradient, activation(name + "/mixed"), branchWidths(m_network, residual));
            std::ranges::transform(parts, std::back_inserter(m_result.blocks[index].branches), sumOf);
            m_result.branchMaps.emplace(name, std::move(parts));
        });
    }

    const Network &m_network;
    const Description &m_description;
    const RunResult &m_run;
    std::vector<GradientVisit> m_visits;
    DirectAttribution m_result;
};

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
        sum += biasTerm(gradients.at(node.address())->view(), tape.gates[std::size_t(dense.node)],
                        network.weights() + dense.bias);
    }
    return sum;
}

std::vector<std::string> directAttributionCaptures(const Description &description, bool branches)
{
    std::vector<std::string> captures{"mixed_5b/output", "conv_7b/output"};
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
    Terms terms(runner.network(), run, branches);
    const Gradients ofHead = runner
                                 .backward(*run.tape, logitWeights,
                                           {.capture = headAddresses(runner.network().description()),
                                            .visits = terms.visits(),
                                            .throughResiduals = false,
                                            .stop = stop})
                                 .gradients;
    return terms.result(logitWeights, ofHead);
}

} // namespace reslens
