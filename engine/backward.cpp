// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/backward.h"

#include "engine/error.h"
#include "engine/kernels/adjoint.h"
#include "engine/kernels/ceil_divide.h"
#include "engine/kernels/elementwise.h"
#include "engine/kernels/gates.h"
#include "engine/kernels/sgemm.h"
#include "engine/parallel/convolve_adjoint.h"
#include "engine/parallel/copy.h"

#include <algorithm>

namespace reslens {

namespace {

/// Inputs of a dense layer that a thread takes at a time.
constexpr int denseInputs = 256;

int sourceOf(const Description &description, const Step &step)
{
    const auto input = [&](int node) { return description.nodes[std::size_t(node)].inputs.front(); };
    if (const auto *convolution = std::get_if<ConvolutionStep>(&step.work))
        return input(convolution->nodes.front());
    if (const auto *pooling = std::get_if<PoolingStep>(&step.work))
        return input(pooling->node);
    return input(std::get<TopStep>(step.work).poolNode);
}

bool isInResidualBlock(const Description &description, const Step &step)
{
    return description.blocks[std::size_t(step.block)].residual;
}

/// Throws unless the forward pass recorded what the backward pass needs here: it may have begun later, or
/// have been of another input size.
void requireRecorded(const RecordedBytes &recorded, std::size_t expected)
{
    if (recorded.size() != expected)
        throw Error(ErrorKind::InvalidArgument, "the tape does not reach back to the tensors asked for");
}

} // namespace

struct BackwardPass::Job
{
    const Tape &tape;
    std::span<const float> logitWeights;
    const BackwardOptions &options;
    BackwardResult result;
    std::vector<std::vector<std::string>> wanted;           ///< addresses to capture, by node
    std::vector<std::vector<const GradientVisit *>> visits; ///< by node
    Lesion lesion;                                          ///< of the current block

    bool asksFor(int node) const
    {
        return !wanted[std::size_t(node)].empty() || !visits[std::size_t(node)].empty();
    }
};

BackwardPass::BackwardPass(std::shared_ptr<const Network> network, ThreadPool &pool)
    : m_network(std::move(network)), m_plan(m_network->plan()), m_pool(pool),
      m_overwrites(m_plan.steps.size()), m_arena(m_plan.arenaSize)
{
    const Description &description = m_network->description();
    std::vector<bool> contributed(description.nodes.size(), false);
    // The shortcut carries the gradient past the branches in place, before any of them adds to it.
    for (const Block &block : description.blocks) {
        if (block.residual)
            contributed[std::size_t(block.input)] = true;
    }
    std::size_t workspace = 0;
    for (std::size_t i = m_plan.steps.size(); i-- > 0;) {
        const std::size_t source = std::size_t(sourceOf(description, m_plan.steps[i]));
        m_overwrites[i] = !contributed[source];
        contributed[source] = true;
        if (const auto *convolution = std::get_if<ConvolutionStep>(&m_plan.steps[i].work))
            workspace = std::max(workspace, adjointWorkspaceSize(*convolution));
    }
    m_workspace = FloatBuffer(workspace);
}

void BackwardPass::capture(int node, Job &job) const
{
    captureAt(placement(node), node, job);
}

void BackwardPass::captureAt(const Placement &place, int node, Job &job) const
{
    const TensorView gradient{m_arena.data() + place.offset, shape(node), place.stride};
    if (const auto &addresses = job.wanted[std::size_t(node)]; !addresses.empty()) {
        const std::shared_ptr<const Tensor> copy = copyOf(gradient, m_pool);
        for (const std::string &address : addresses)
            job.result.gradients[address] = copy;
    }
    for (const GradientVisit *visit : job.visits[std::size_t(node)])
        visit->visit(gradient);
    job.wanted[std::size_t(node)].clear();
    job.visits[std::size_t(node)].clear();
}

void BackwardPass::close(const RecordedBytes &gates, int node)
{
    const Shape &map = shape(node);
    const std::size_t lineBytes = std::size_t(map.width) * gateBytes(map.channels);
    requireRecorded(gates, std::size_t(map.height) * lineBytes);
    const Placement &from = placement(node);
    m_pool.run(map.height, [&](int line, int) {
        applyGates(gates.data() + std::size_t(line) * lineBytes, map.width, map.channels,
                   at(from) + std::ptrdiff_t(line) * map.width * from.stride, from.stride);
    });
}

void BackwardPass::execute(const ConvolutionStep &step, bool overwrite, Job &job)
{
    if (step.sum >= 0) {
        const int output = step.relu ? step.sum + 1 : step.sum;
        capture(output, job);
        if (step.relu)
            close(job.tape.gates[std::size_t(output)], output);
        capture(step.sum, job);
        // The residual's gradient is the sum's: the shortcut's and the branch's are the same vector.
        captureAt(placement(step.sum), step.nodes.front(), job);
        if (!job.options.throughResiduals && !job.asksFor(mixedOf(step)))
            return;
    } else {
        for (const int node : step.nodes) {
            capture(node, job);
            close(job.tape.gates[std::size_t(node)], node);
        }
    }
    convolveAdjoint(m_pool, step,
                    {.outputGradient = at(step.destination),
                     .outputStride = step.destination.stride,
                     .kernel = m_network->transposedKernel(step, m_pool),
                     .gradient = at(step.source),
                     .stride = step.source.stride,
                     .accumulate = !overwrite},
                    m_workspace.data(), job.options.stop);
    if (step.sum < 0)
        return;
    scaleBranches(step, job.lesion);
    capture(mixedOf(step), job);
}

int BackwardPass::mixedOf(const ConvolutionStep &up) const
{
    return m_network->description().nodes[std::size_t(up.nodes.front())].inputs.front();
}

void BackwardPass::scaleBranches(const ConvolutionStep &up, const Lesion &lesion)
{
    const std::vector<int> &branches = m_network->description().nodes[std::size_t(mixedOf(up))].inputs;
    for (std::size_t i = 0; i < branches.size(); ++i) {
        const float factor = lesion.residual * (lesion.branches.empty() ? 1.0F : lesion.branches[i]);
        const Placement &branch = placement(branches[i]);
        if (factor != 1.0F)
            scale(at(branch), branch.stride, up.window.rows(), shape(branches[i]).channels, factor);
    }
}

void BackwardPass::execute(const PoolingStep &step, bool overwrite, Job &job)
{
    capture(step.node, job);
    const Window &window = step.window;
    const RecordedBytes &choices = job.tape.choices[std::size_t(step.node)];
    if (step.maximum)
        requireRecorded(choices, window.out.count());
    m_pool.run(window.in.height, [&](int line, int) {
        if (step.maximum)
            maxPoolAdjoint(window, choices.data(), at(step.destination), step.destination.stride, line, 1,
                           !overwrite, at(step.source), step.source.stride);
        else
            averagePoolAdjoint(window, at(step.destination), step.destination.stride, line, 1, !overwrite,
                               at(step.source), step.source.stride);
    });
}

void BackwardPass::execute(const TopStep &step, bool, Job &job)
{
    std::ranges::copy(job.logitWeights, at(step.dense.back().destination));
    for (std::size_t i = step.dense.size(); i-- > 0;) {
        const DenseStep &dense = step.dense[i];
        capture(dense.node, job);
        if (dense.relu)
            close(job.tape.gates[std::size_t(dense.node)], dense.node);
        m_pool.run(ceilDivide(dense.inputs, denseInputs), [&](int index, int) {
            const int first = index * denseInputs;
            sgemvAdjoint(dense.units, std::min(denseInputs, dense.inputs - first), at(dense.destination),
                         m_network->weights() + dense.kernel + std::ptrdiff_t(first) * dense.units,
                         dense.units, at(placement(dense.node - 1)) + first);
        });
    }
    capture(step.poolNode, job);
    const float share = 1.0F / float(step.in.positions());
    for (std::size_t p = 0; p < step.in.positions(); ++p)
        std::transform(at(step.pool), at(step.pool) + step.in.channels,
                       at(step.source) + std::ptrdiff_t(p) * step.source.stride,
                       [share](float value) { return value * share; });
}

void BackwardPass::execute(const Step &step, bool overwrite, Job &job)
{
    if (job.options.stop.stop_requested())
        throw Error(ErrorKind::Cancelled, "the backward pass was cancelled");
    std::visit([&](const auto &work) { execute(work, overwrite, job); }, step.work);
    if (job.options.stop.stop_requested())
        throw Error(ErrorKind::Cancelled, "the backward pass was cancelled");
}

BackwardResult BackwardPass::run(const Tape &tape, std::span<const float> logitWeights,
                                 const BackwardOptions &options)
{
    const Description &description = m_network->description();
    if (!description.architecture.hasTop())
        throw Error(ErrorKind::NoTop, m_network->info().name + " has no classification head to explain");
    if (int(logitWeights.size()) != description.architecture.classes)
        throw Error(ErrorKind::InvalidArgument, "a gradient needs a weight for each of the " +
                                                    std::to_string(description.architecture.classes) +
                                                    " logits, not " + std::to_string(logitWeights.size()));
    Job job{.tape = tape,
            .logitWeights = logitWeights,
            .options = options,
            .result = {},
            .wanted = {},
            .visits = {},
            .lesion = {}};
    job.wanted.resize(description.nodes.size());
    job.visits.resize(description.nodes.size());
    std::size_t earliest = description.nodes.size();
    const auto nodeOf = [&](const std::string &address) {
        const std::optional<int> node = description.find(address);
        if (!node || description.nodes[std::size_t(*node)].operation == Operation::Softmax)
            throw Error(ErrorKind::InvalidArgument, "there is no gradient of a logit at \"" + address + "\"");
        earliest = std::min(earliest, std::size_t(*node));
        return std::size_t(*node);
    };
    for (const std::string &address : options.capture)
        job.wanted[nodeOf(address)].push_back(address);
    for (const GradientVisit &visit : options.visits)
        job.visits[nodeOf(visit.address)].push_back(&visit);

    int block = int(description.blocks.size());
    for (std::size_t i = m_plan.steps.size(); i-- > 0;) {
        const Step &step = m_plan.steps[i];
        if (step.block < block) {
            if (options.blockFinished && block < int(description.blocks.size()))
                options.blockFinished(block);
            block = step.block;
            job.lesion = tape.lesions[std::size_t(block)];
            // Every reader of the block's output has added its part by now.
            capture(description.blocks[std::size_t(block)].output, job);
            if (description.blocks[std::size_t(block)].lastNode <= int(earliest))
                return finish(job);
        }
        const auto *convolution = std::get_if<ConvolutionStep>(&step.work);
        const bool addition = convolution && convolution->sum >= 0;
        // The direct path leaves the branches out, but not the addition, where it meets its gates.
        if (options.throughResiduals || addition || !isInResidualBlock(description, step))
            execute(step, m_overwrites[i], job);
    }
    capture(0, job);
    if (options.blockFinished)
        options.blockFinished(0);
    return finish(job);
}

BackwardResult BackwardPass::finish(Job &job)
{
    const auto missed = [](const std::string &address) {
        throw Error(ErrorKind::InvalidArgument,
                    "the gradient does not pass through \"" + address + "\" without the residual branches");
    };
    // Those that it came to have been taken off the lists.
    for (const std::vector<std::string> &addresses : job.wanted)
        std::ranges::for_each(addresses, missed);
    for (const std::vector<const GradientVisit *> &visits : job.visits)
        std::ranges::for_each(visits, missed, &GradientVisit::address);
    return std::move(job.result);
}

} // namespace reslens
