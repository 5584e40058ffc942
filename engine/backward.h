// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/float_buffer.h"
#include "engine/network.h"
#include "engine/parallel/thread_pool.h"
#include "engine/plan/plan.h"
#include "engine/runner.h"
#include "engine/tape.h"

#include <memory>
#include <string>
#include <vector>

namespace reslens {

/// The planned backward pass of a network: vector-Jacobian products with respect to activations, over the
/// forward plan's steps in reverse. A gradient lies in its own arena where the node's output lies in the
/// forward one. Used by Runner.
class BackwardPass
{
public:
    BackwardPass(std::shared_ptr<const Network> network, ThreadPool &pool);

    /// See Runner::backward().
    BackwardResult run(const Tape &tape, std::span<const float> logitWeights, const BackwardOptions &options);

private:
    struct Job;

    void execute(const Step &step, bool overwrite, Job &job);
    void execute(const ConvolutionStep &step, bool overwrite, Job &job);
    void execute(const PoolingStep &step, bool overwrite, Job &job);
    void execute(const TopStep &step, bool overwrite, Job &job);
    void close(const RecordedBytes &gates, int node);
    BackwardResult finish(Job &job);
    void scaleBranches(const ConvolutionStep &up, const Lesion &lesion);
    int mixedOf(const ConvolutionStep &up) const;
    void capture(int node, Job &job) const;
    void captureAt(const Placement &place, int node, Job &job) const;

    float *at(const Placement &placement) { return m_arena.data() + placement.offset; }
    const Placement &placement(int node) const { return m_plan.placements[std::size_t(node)]; }
    const Shape &shape(int node) const { return m_plan.shapes[std::size_t(node)]; }

    std::shared_ptr<const Network> m_network;
    const Plan &m_plan;
    ThreadPool &m_pool;
    /// By step: its input's gradient is the first contribution to that map in this direction.
    std::vector<bool> m_overwrites;
    FloatBuffer m_arena;
    FloatBuffer m_workspace;
};

} // namespace reslens
