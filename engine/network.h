// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"
#include "engine/model_info.h"
#include "engine/weights/origin.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace reslens {

struct ConvolutionStep;
struct Plan;
class ThreadPool;
class WeightFile;

struct LoadOptions
{
    /// Side of the square input in pixels, 75 to 4096; 0 takes the model file's own.
    int inputSize = 0;
    /// A file of class names, see readClassNames(), that goes before all others; empty for none.
    std::filesystem::path classNames = {};
    std::stop_token stop;
    /// Called with the number of layers read and their total.
    std::function<void(int, int)> progress;
};

/// An immutable, loaded network: description, folded weights and the plan for one input size. Shared between
/// threads; running it is the business of a Runner.
class Network
{
public:
    /// Loads a weight file. Throws Error as WeightFile and readClassNames() do, InvalidArgument for an input
    /// size outside the range, and Cancelled.
    static std::shared_ptr<const Network> load(const std::filesystem::path &file,
                                               const LoadOptions &options = {});
    /// The same from a file's bytes, which need not outlive the call.
    static std::shared_ptr<const Network>
    loadMemory(std::span<const std::byte> bytes, const std::string &name, const LoadOptions &options = {});

    /// The same network with other weights: `change` gets a copy of them, laid out as weights().
    std::shared_ptr<const Network> withWeights(const std::function<void(float *)> &change) const;

    ~Network();
    Network(const Network &) = delete;
    Network &operator=(const Network &) = delete;

    const Description &description() const;
    const ModelInfo &info() const;
    /// Who wrote the file.
    const Origin &origin() const;
    int inputSize() const;
    /// Shape of a node's output for this network's input size.
    const Shape &shape(int node) const;

    /// For runners: the plan, and the folded weights that its offsets point into.
    const Plan &plan() const;
    const float *weights() const;
    /// For backward passes: a step's kernel as convolveAdjoint() reads it, made when it is first asked for.
    const float *transposedKernel(const ConvolutionStep &step, ThreadPool &pool) const;

private:
    struct Impl;
    explicit Network(std::unique_ptr<Impl> impl);
    static std::shared_ptr<const Network> loadFrom(const WeightFile &file, const LoadOptions &options);
    std::unique_ptr<Impl> m_impl;
};

} // namespace reslens
