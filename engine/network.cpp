// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/network.h"

#include "engine/error.h"
#include "engine/float_buffer.h"
#include "engine/kernels/elementwise.h"
#include "engine/parallel/convolve_adjoint.h"
#include "engine/plan/kernel_matrices.h"
#include "engine/plan/plan.h"
#include "engine/weights/class_names.h"
#include "engine/weights/fold.h"
#include "engine/weights/weight_file.h"

#include <algorithm>
#include <mutex>

namespace reslens {

struct Network::Impl
{
    Description description;
    ModelInfo info;
    Origin origin;
    int inputSize = 0;
    Plan plan;
    FloatBuffer weights;

    /// What transposedKernel() has made so far; the system gives no memory for what nobody has written to.
    std::mutex transposing;
    FloatBuffer transposed;         ///< laid out as the weights
    std::vector<bool> isTransposed; ///< by a step's first node
};

namespace {

/// Reads layers one by one and puts them, folded, where the plan wants them.
class WeightLoader
{
public:
    WeightLoader(const WeightFile &file, const Plan &plan, float *weights, const LoadOptions &options)
        : m_file(file), m_weights(weights), m_options(options)
    {
        m_total = int(std::ranges::count_if(file.description().nodes, &Node::hasWeights));
        for (const Step &step : plan.steps)
            std::visit([this](const auto &work) { load(work); }, step.work);
    }

private:
    void load(const ConvolutionStep &step)
    {
        const std::size_t columns = std::size_t(step.window.out.channels);
        m_kernel.resize(std::size_t(step.window.depth()) * columns);
        std::size_t column = 0;
        for (const int node : step.nodes) {
            loadNode(node, m_kernel.data() + column, std::ptrdiff_t(columns), m_weights + step.bias + column);
            column += std::size_t(m_file.description().nodes[std::size_t(node)].filters);
        }
        layOutKernel(step, m_kernel.data(), m_weights + step.kernel);
    }

    void load(const PoolingStep &) {}

    void load(const TopStep &step)
    {
        for (const DenseStep &dense : step.dense)
            loadNode(dense.node, m_weights + dense.kernel, dense.units, m_weights + dense.bias);
    }

    void loadNode(int node, float *kernel, std::ptrdiff_t columns, float *bias)
    {
        if (m_options.stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "loading " + m_file.info().name + " was cancelled");
        m_file.read(node, m_layer);
        const Node &layer = m_file.description().nodes[std::size_t(node)];
        foldLayer(layer, m_layer, kernel, columns, bias);
        requireFinite(kernel, columns, bias, std::size_t(layer.filters));
        if (m_options.progress)
            m_options.progress(++m_done, m_total);
    }

    /// Each number that was read is finite; what folding makes of them need not be.
    void requireFinite(const float *kernel, std::ptrdiff_t columns, const float *bias,
                       std::size_t filters) const
    {
        bool finite = allFinite(bias, filters);
        for (std::size_t row = 0; row < m_layer.kernel.size() / filters; ++row)
            finite = finite && allFinite(kernel + std::ptrdiff_t(row) * columns, filters);
        if (!finite)
            throw Error(ErrorKind::Damaged,
                        m_layer.name + " in " + m_file.info().name +
                            " overflows when its batch normalization is folded in: a variance plus "
                            "epsilon is not positive, or a value too large");
    }

    const WeightFile &m_file;
    float *m_weights;
    const LoadOptions &m_options;
    LayerWeights m_layer;
    std::vector<float> m_kernel; ///< of a step, before it is laid out
    int m_done = 0;
    int m_total = 0;
};

} // namespace

Network::Network(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Network::~Network() = default;

std::shared_ptr<const Network> Network::loadFrom(const WeightFile &file, const LoadOptions &options)
{
    auto impl = std::make_unique<Impl>();
    impl->description = file.description();
    impl->info = file.info();
    impl->origin = file.origin();
    nameClassesFromFiles(impl->info, options.classNames);
    impl->inputSize = options.inputSize > 0 ? options.inputSize : impl->info.inputSize;
    impl->plan = makePlan(impl->description, impl->inputSize);
    impl->weights = FloatBuffer(impl->plan.weightsSize);
    WeightLoader(file, impl->plan, impl->weights.data(), options);
    return std::shared_ptr<const Network>(new Network(std::move(impl)));
}

std::shared_ptr<const Network> Network::load(const std::filesystem::path &file, const LoadOptions &options)
{
    return loadFrom(WeightFile::open(file), options);
}

std::shared_ptr<const Network> Network::loadMemory(std::span<const std::byte> bytes, const std::string &name,
                                                   const LoadOptions &options)
{
    return loadFrom(WeightFile::openMemory(bytes, name), options);
}

std::shared_ptr<const Network> Network::withWeights(const std::function<void(float *)> &change) const
{
    auto impl = std::make_unique<Impl>();
    impl->description = m_impl->description;
    impl->info = m_impl->info;
    impl->origin = m_impl->origin;
    impl->inputSize = m_impl->inputSize;
    impl->plan = m_impl->plan;
    impl->weights = FloatBuffer(m_impl->weights.size());
    std::copy_n(weights(), m_impl->weights.size(), impl->weights.data());
    change(impl->weights.data());
    return std::shared_ptr<const Network>(new Network(std::move(impl)));
}

const Description &Network::description() const
{
    return m_impl->description;
}

const ModelInfo &Network::info() const
{
    return m_impl->info;
}

const Origin &Network::origin() const
{
    return m_impl->origin;
}

int Network::inputSize() const
{
    return m_impl->inputSize;
}

const Shape &Network::shape(int node) const
{
    return m_impl->plan.shapes[std::size_t(node)];
}

const Plan &Network::plan() const
{
    return m_impl->plan;
}

const float *Network::weights() const
{
    return m_impl->weights.data();
}

const float *Network::transposedKernel(const ConvolutionStep &step, ThreadPool &pool) const
{
    const std::lock_guard lock(m_impl->transposing);
    FloatBuffer &transposed = m_impl->transposed;
    if (transposed.size() == 0) {
        m_impl->isTransposed.resize(m_impl->description.nodes.size());
        transposed = FloatBuffer(m_impl->weights.size());
    }
    const std::size_t node = std::size_t(step.nodes.front());
    if (!m_impl->isTransposed[node]) {
        transposeKernel(pool, step, weights() + step.kernel, transposed.data() + step.kernel);
        m_impl->isTransposed[node] = true;
    }
    return transposed.data() + step.kernel;
}

} // namespace reslens
