// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/randomize.h"

#include "engine/error.h"
#include "engine/plan/kernel_matrices.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace reslens {

namespace {

/// Draws the weights of one step of the plan.
class StepRandomizer
{
public:
    StepRandomizer(const Description &description, float *weights, unsigned seed)
        : m_description(description), m_weights(weights), m_random(seed)
    {
    }

    void operator()(const ConvolutionStep &step)
    {
        const int depth = step.window.depth();
        const int filters = step.window.out.channels;
        const float scale = m_description.nodes[std::size_t(step.nodes.front())].scale;
        const double variance = (step.relu && step.sum < 0 ? 2.0 : 1.0) / depth;
        const std::size_t size = std::size_t(depth) * std::size_t(filters);
        std::fill_n(m_weights + step.bias, filters, 0.0F);
        std::vector<float> kernel(size);
        draw(kernel.data(), size, scale, variance);
        layOutKernel(step, kernel.data(), m_weights + step.kernel);
    }

    void operator()(const PoolingStep &) {}

    void operator()(const TopStep &step)
    {
        for (const DenseStep &dense : step.dense) {
            std::fill_n(m_weights + dense.bias, dense.units, 0.0F);
            draw(m_weights + dense.kernel, std::size_t(dense.inputs) * std::size_t(dense.units), 1,
                 (dense.relu ? 2.0 : 1.0) / dense.inputs);
        }
    }

private:
    void draw(float *to, std::size_t count, float scale, double variance)
    {
        // A uniform distribution on [-a, a] has the variance a²/3; 2^-31 brings 32 random bits to [0, 2).
        const float limit = scale * float(std::sqrt(3 * variance));
        std::generate_n(to, count, [&] { return limit * (float(m_random()) * 0x1p-31F - 1); });
    }

    const Description &m_description;
    float *m_weights;
    std::mt19937 m_random;
};

} // namespace

std::shared_ptr<const Network> randomizedFrom(const Network &network, int firstBlock, unsigned seed,
                                              const std::stop_token &stop)
{
    return network.withWeights([&](float *weights) {
        const std::vector<Step> &steps = network.plan().steps;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (stop.stop_requested())
                throw Error(ErrorKind::Cancelled, "randomizing the network was cancelled");
            if (steps[i].block >= firstBlock)
                std::visit(StepRandomizer(network.description(), weights, seed + unsigned(i)), steps[i].work);
        }
    });
}

std::vector<CascadePart> cascadeParts(const Description &description)
{
    std::vector<CascadePart> parts;
    for (int i = int(description.blocks.size()) - 1; i >= 0; --i) {
        const std::string name = stageOf(description.blocks[std::size_t(i)].name);
        if (parts.empty() || parts.back().name != name)
            parts.push_back({name, i});
        parts.back().firstBlock = i;
    }
    return parts;
}

} // namespace reslens
