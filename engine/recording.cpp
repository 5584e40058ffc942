// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recording.h"

#include "engine/kernels/adjoint.h"
#include "engine/kernels/gates.h"

namespace reslens {

std::shared_ptr<Tape> blankTape(const Description &description, const std::vector<const Lesion *> &lesions)
{
    auto tape = std::make_shared<Tape>();
    tape->gates.resize(description.nodes.size());
    tape->choices.resize(description.nodes.size());
    tape->lesions.resize(description.blocks.size());
    for (std::size_t i = 0; i < lesions.size(); ++i) {
        if (lesions[i])
            tape->lesions[i] = *lesions[i];
    }
    return tape;
}

void record(const Network &network, const Step &step, const float *arena, ThreadPool &pool, Tape &tape)
{
    const Plan &plan = network.plan();
    const std::vector<Node> &nodes = network.description().nodes;
    if (const auto *pooling = std::get_if<PoolingStep>(&step.work); pooling && pooling->maximum) {
        const Window &window = pooling->window;
        RecordedBytes &choices = tape.choices[std::size_t(pooling->node)];
        choices.resize(window.out.count());
        pool.run(window.out.height, [&](int line, int) {
            maxPoolChoices(window, arena + pooling->source.offset, pooling->source.stride,
                           line * window.out.width, window.out.width, choices.data());
        });
    }
    for (const int node : step.completes) {
        const Node &completed = nodes[std::size_t(node)];
        if (!completed.relu && completed.operation != Operation::Relu)
            continue;
        const Placement &placement = plan.placements[std::size_t(node)];
        const TensorView map{arena + placement.offset, plan.shapes[std::size_t(node)], placement.stride};
        RecordedBytes &gates = tape.gates[std::size_t(node)];
        const std::size_t lineBytes = std::size_t(map.shape.width) * gateBytes(map.shape.channels);
        gates.resize(std::size_t(map.shape.height) * lineBytes);
        pool.run(map.shape.height, [&](int line, int) {
            openGates(map.at(line, 0), map.stride, map.shape.width, map.shape.channels,
                      gates.data() + std::size_t(line) * lineBytes);
        });
    }
}

} // namespace reslens
