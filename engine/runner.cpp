// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runner.h"

#include "engine/backward.h"
#include "engine/error.h"
#include "engine/float_buffer.h"
#include "engine/gemm_floor.h"
#include "engine/kernels/ceil_divide.h"
#include "engine/kernels/elementwise.h"
#include "engine/kernels/pooling.h"
#include "engine/kernels/sgemm.h"
#include "engine/parallel/convolve.h"
#include "engine/parallel/copy.h"
#include "engine/parallel/thread_pool.h"
#include "engine/plan/plan.h"
#include "engine/recording.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>

namespace reslens {

namespace {

using Clock = std::chrono::steady_clock;

/// Units of a dense layer that a thread takes at a time.
constexpr int denseUnits = 256;

} // namespace

struct Runner::Impl
{
    Impl(std::shared_ptr<const Network> loaded, int threads);

    /// State of one run().
    struct Job
    {
        const RunOptions &options;
        RunResult result;
        std::vector<std::vector<std::string>> wanted; ///< addresses to capture, by node
        std::vector<const Lesion *> lesions;          ///< by block
        const Lesion *lesion = nullptr;               ///< of the current block
        std::shared_ptr<Tape> tape = nullptr;
    };

    void execute(const Step &step, Job &job);
    void execute(const ConvolutionStep &step, Job &job);
    void execute(const PoolingStep &step, Job &job);
    void execute(const TopStep &step, Job &job);
    void addSeparately(const ConvolutionStep &step, Job &job);
    void scaleBranches(const ConvolutionStep &step, const std::vector<float> &factors);
    ConvolutionOperands operandsOf(const ConvolutionStep &step);

    RunResult runBlocks(const Tensor &input, int first, int last, const RunOptions &options);
    Job makeJob(int first, int last, const RunOptions &options) const;
    int inputOf(int block) const;
    void load(const Tensor &input, int node);
    void capture(int node, Job &job);
    void keep(int node, const std::shared_ptr<const Tensor> &values, Job &job) const;
    void requireFinite(int node);
    Error notFinite(int node) const;
    void checkStop(const Job &job) const;

    float *at(const Placement &placement) { return arena.data() + placement.offset; }
    TensorView view(int node) const
    {
        const Placement &placement = plan.placements[std::size_t(node)];
        return {arena.data() + placement.offset, plan.shapes[std::size_t(node)], placement.stride};
    }

    std::shared_ptr<const Network> network;
    const Plan &plan;
    ThreadPool pool;
    FloatBuffer arena;
    FloatBuffer workspace;
    std::unique_ptr<BackwardPass> backward; ///< booked when first asked for
};

Runner::Impl::Impl(std::shared_ptr<const Network> loaded, int threads)
    : network(std::move(loaded)), plan(network->plan()),
      pool(threads > 0 ? threads : ThreadPool::availableCores()), arena(plan.arenaSize)
{
    std::size_t size = 0;
    for (const Step &step : plan.steps) {
        if (const auto *convolution = std::get_if<ConvolutionStep>(&step.work))
            size = std::max(size, workspaceSize(*convolution, pool.threads()));
    }
    workspace = FloatBuffer(size);
    requireRoomForSgemm(pool.threads());
}

void Runner::Impl::checkStop(const Job &job) const
{
    if (job.options.stop.stop_requested())
        throw Error(ErrorKind::Cancelled, "the run was cancelled");
}

void Runner::Impl::capture(int node, Job &job)
{
    if (job.wanted[std::size_t(node)].empty())
        return;
    const std::shared_ptr<const Tensor> copy = finiteCopyOf(view(node), pool);
    if (!copy)
        throw notFinite(node);
    keep(node, copy, job);
}

void Runner::Impl::keep(int node, const std::shared_ptr<const Tensor> &values, Job &job) const
{
    for (const std::string &address : job.wanted[std::size_t(node)])
        job.result.captured[address] = values;
}

void Runner::Impl::requireFinite(int node)
{
    const TensorView map = view(node);
    std::atomic<bool> finite = true;
    pool.run(map.shape.height, [&](int line, int) {
        for (int x = 0; x < map.shape.width; ++x) {
            if (!allFinite(map.at(line, x), std::size_t(map.shape.channels)))
                finite.store(false, std::memory_order_relaxed);
        }
    });
    if (!finite)
        throw notFinite(node);
}

Error Runner::Impl::notFinite(int node) const
{
    return {ErrorKind::Damaged, "The values inside " + network->info().name + " overflow: " +
                                    network->description().nodes[std::size_t(node)].address() +
                                    " is not finite for this picture"};
}

void Runner::Impl::execute(const Step &step, Job &job)
{
    checkStop(job);
    job.lesion = job.lesions[std::size_t(step.block)];
    std::visit([&](const auto &work) { execute(work, job); }, step.work);
    checkStop(job);
    for (const int node : step.completes)
        capture(node, job);
    if (job.tape)
        record(*network, step, arena.data(), pool, *job.tape);
}

ConvolutionOperands Runner::Impl::operandsOf(const ConvolutionStep &step)
{
    return {.source = at(step.source),
            .sourceStride = step.source.stride,
            .kernel = network->weights() + step.kernel,
            .bias = network->weights() + step.bias,
            .destination = at(step.destination),
            .destinationStride = step.destination.stride,
            .accumulate = step.sum >= 0,
            .relu = step.relu};
}

void Runner::Impl::execute(const ConvolutionStep &step, Job &job)
{
    const bool residualWanted =
        step.sum >= 0 && (job.lesion || !job.wanted[std::size_t(step.nodes.front())].empty() ||
                          (step.relu && !job.wanted[std::size_t(step.sum)].empty()));
    if (residualWanted)
        addSeparately(step, job);
    else
        convolve(pool, step, operandsOf(step), workspace.data(), job.options.stop);
}

/// The residual addition in the open: residual, sum and output one after the other, as the description has
/// them.
void Runner::Impl::addSeparately(const ConvolutionStep &step, Job &job)
{
    const int node = step.nodes.front();
    const int columns = step.window.out.channels;
    const int width = step.window.out.width;
    ConvolutionOperands operands = operandsOf(step);
    operands.destination = at(step.residual);
    operands.destinationStride = step.residual.stride;
    // What is asked for is computed in the tensor that keeps it, which spares a copy.
    std::shared_ptr<Tensor> kept;
    if (!job.wanted[std::size_t(node)].empty()) {
        kept = std::make_shared<Tensor>(Tensor::uninitialized(plan.shapes[std::size_t(node)]));
        operands.destination = kept->data();
        operands.destinationStride = columns;
    }
    const auto forLines = [&](const auto &work) {
        pool.run(step.window.out.height, [&](int line, int) {
            const std::ptrdiff_t position = std::ptrdiff_t(line) * width;
            work(at(step.destination) + position * step.destination.stride,
                 operands.destination + position * operands.destinationStride);
        });
    };
    operands.accumulate = false;
    operands.relu = false;
    if (job.lesion)
        scaleBranches(step, job.lesion->branches);
    convolve(pool, step, operands, workspace.data(), job.options.stop);
    checkStop(job);
    if (job.lesion)
        forLines([&](float *, float *residual) {
            scale(residual, operands.destinationStride, width, columns, job.lesion->residual);
        });
    const bool sumWanted = step.relu && !job.wanted[std::size_t(step.sum)].empty();
    std::atomic<bool> finite = true;
    forLines([&](float *trunk, const float *residual) {
        if (kept && !allFinite(residual, std::size_t(width) * std::size_t(columns)))
            finite.store(false, std::memory_order_relaxed);
        addResidual(trunk, step.destination.stride, residual, operands.destinationStride, width, columns,
                    step.relu && !sumWanted);
    });
    if (!finite)
        throw notFinite(node);
    if (kept)
        keep(node, kept, job);
    if (!sumWanted)
        return;
    capture(step.sum, job);
    forLines([&](float *trunk, const float *) { relu(trunk, step.destination.stride, width, columns); });
}

/// Multiplies each branch's slice of the concatenation that an "up" convolution reads.
void Runner::Impl::scaleBranches(const ConvolutionStep &step, const std::vector<float> &factors)
{
    const std::vector<Node> &nodes = network->description().nodes;
    const Node &mixed = nodes[std::size_t(nodes[std::size_t(step.nodes.front())].inputs.front())];
    for (std::size_t i = 0; i < factors.size(); ++i) {
        const int branch = mixed.inputs[i];
        const Placement &placement = plan.placements[std::size_t(branch)];
        scale(at(placement), placement.stride, step.window.rows(), plan.shapes[std::size_t(branch)].channels,
              factors[i]);
    }
}

void Runner::Impl::execute(const PoolingStep &step, Job &job)
{
    const auto kernel = step.maximum ? maxPool : averagePool;
    const int lines = step.window.out.height;
    pool.run(lines, [&](int line, int) {
        if (!job.options.stop.stop_requested())
            kernel(step.window, at(step.source), step.source.stride, at(step.destination),
                   step.destination.stride, line * step.window.out.width, step.window.out.width);
    });
}

void Runner::Impl::execute(const TopStep &step, Job &job)
{
    float *x = at(step.pool);
    globalAveragePool(step.in, at(step.source), step.source.stride, x);
    for (const DenseStep &dense : step.dense) {
        float *y = at(dense.destination);
        std::copy_n(network->weights() + dense.bias, dense.units, y);
        pool.run(ceilDivide(dense.units, denseUnits), [&](int index, int) {
            const int first = index * denseUnits;
            sgemv(std::min(denseUnits, dense.units - first), dense.inputs, x,
                  network->weights() + dense.kernel + first, dense.units, y + first);
        });
        if (dense.relu)
            relu(y, dense.units, 1, dense.units);
        x = y;
    }
    const int classes = step.dense.back().units;
    float *probabilities = at(step.probabilities);
    requireFinite(step.dense.back().node);
    softmax(x, classes, probabilities);
    job.result.logits.assign(x, x + classes);
    job.result.probabilities.assign(probabilities, probabilities + classes);
}

Runner::Impl::Job Runner::Impl::makeJob(int first, int last, const RunOptions &options) const
{
    const Description &description = network->description();
    Job job{
        .options = options, .result = {}, .wanted = {}, .lesions = {}, .lesion = nullptr, .tape = nullptr};
    job.wanted.resize(description.nodes.size());
    const int input = inputOf(first);
    for (const std::string &address : options.capture) {
        const std::optional<int> node = description.find(address);
        if (!node)
            throw Error(ErrorKind::InvalidArgument, "the network has no tensor \"" + address + "\"");
        if (*node != input && (*node < description.blocks[std::size_t(first)].firstNode ||
                               *node > description.blocks[std::size_t(last)].lastNode))
            throw Error(ErrorKind::InvalidArgument,
                        "\"" + address + "\" lies outside the blocks that are run");
        job.wanted[std::size_t(*node)].push_back(address);
    }
    job.lesions = lesionsByBlock(description, options.lesions);
    return job;
}

/// The node that a run from this block on starts with.
int Runner::Impl::inputOf(int block) const
{
    return std::max(0, network->description().blocks[std::size_t(block)].input);
}

RunResult Runner::Impl::runBlocks(const Tensor &input, int first, int last, const RunOptions &options)
{
    const auto start = Clock::now();
    const Description &description = network->description();
    const int blocks = int(description.blocks.size());
    if (first < 0 || first > last || last >= blocks)
        throw Error(ErrorKind::InvalidArgument, "the network has no blocks " + std::to_string(first) +
                                                    " to " + std::to_string(last) + ", it has " +
                                                    std::to_string(blocks));
    const int source = inputOf(first);
    if (input.shape() != plan.shapes[std::size_t(source)])
        throw Error(ErrorKind::InvalidArgument, "the input is " + toString(input.shape()) +
                                                    ", the network expects " +
                                                    toString(plan.shapes[std::size_t(source)]));
    Job job = makeJob(first, last, options);
    if (options.record)
        job.tape = blankTape(description, job.lesions);
    load(input, source);
    capture(source, job);
    for (const Step &step : plan.steps) {
        if (step.block < first || step.block > last)
            continue;
        execute(step, job);
        if (step.finishesBlock && options.blockFinished) {
            const Block &block = description.blocks[std::size_t(step.block)];
            options.blockFinished(
                {.index = step.block, .count = blocks, .block = &block, .output = view(block.output)});
        }
    }
    if (last == blocks - 1 && !description.architecture.hasTop())
        requireFinite(description.blocks.back().output);
    job.result.tape = job.tape;
    job.result.milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    return std::move(job.result);
}

void Runner::Impl::load(const Tensor &input, int node)
{
    const Placement &placement = plan.placements[std::size_t(node)];
    const std::size_t channels = std::size_t(input.shape().channels);
    if (placement.stride == std::ptrdiff_t(channels)) {
        std::ranges::copy(input.values(), at(placement));
        return;
    }
    for (std::size_t position = 0; position < input.shape().positions(); ++position)
        std::copy_n(input.data() + position * channels, channels,
                    at(placement) + std::ptrdiff_t(position) * placement.stride);
}

Runner::Runner(std::shared_ptr<const Network> network, int threads)
    : m_impl(std::make_unique<Impl>(std::move(network), threads))
{
}

Runner::~Runner() = default;
Runner::Runner(Runner &&) noexcept = default;
Runner &Runner::operator=(Runner &&) noexcept = default;

const Network &Runner::network() const
{
    return *m_impl->network;
}

int Runner::threads() const
{
    return m_impl->pool.threads();
}

RunResult Runner::run(const Tensor &input, const RunOptions &options)
{
    return m_impl->runBlocks(input, 0, int(network().description().blocks.size()) - 1, options);
}

RunResult Runner::runBlocks(const Tensor &blockInput, int first, int last, const RunOptions &options)
{
    return m_impl->runBlocks(blockInput, first, last, options);
}

BackwardResult Runner::backward(const Tape &tape, std::span<const float> logitWeights,
                                const BackwardOptions &options)
{
    if (!m_impl->backward)
        m_impl->backward = std::make_unique<BackwardPass>(m_impl->network, m_impl->pool);
    return m_impl->backward->run(tape, logitWeights, options);
}

double Runner::measureGemmFloor()
{
    return reslens::measureGemmFloor(m_impl->plan, m_impl->pool);
}

} // namespace reslens
