// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/network.h"
#include "engine/tape.h"
#include "engine/tensor.h"

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace reslens {

/// A block that has just been computed.
struct BlockReport
{
    int index = 0; ///< position in Description::blocks
    int count = 0; ///< number of blocks
    const Block *block = nullptr;
    TensorView output; ///< the block's "output"; valid only during the callback
};

struct RunOptions
{
    /// Tensor addresses to keep, "BLOCK/TENSOR".
    std::vector<std::string> capture = {};
    /// Polled several times within each node.
    std::stop_token stop = {};
    /// Called on the thread that called the runner, after each block, in order.
    std::function<void(const BlockReport &)> blockFinished = {};
    std::vector<Lesion> lesions = {};
    /// Record what Runner::backward() needs; costs a few milliseconds and a bit an activation.
    bool record = false;
};

struct RunResult
{
    std::vector<float> logits;        ///< one a class; empty for a network without top
    std::vector<float> probabilities; ///< their softmax
    /// The tensors asked for, by address, with the values that the names promise even where the fast path
    /// fuses them away (a residual as it is before it is added).
    std::map<std::string, std::shared_ptr<const Tensor>> captured;
    std::shared_ptr<const Tape> tape; ///< of a recorded run
    double milliseconds = 0;          ///< wall time of the run
};

/// A gradient to look at in passing, where a copy would cost more than the look.
struct GradientVisit
{
    std::string address;
    /// Called on the thread that called the runner; the view is valid during the call only.
    std::function<void(const TensorView &)> visit;
};

struct BackwardOptions
{
    /// Tensor addresses whose gradients to keep. The pass ends with the block of the earliest of these and
    /// the visits'.
    std::vector<std::string> capture = {};
    std::vector<GradientVisit> visits = {};
    /// False freezes the residual branches: the gradient takes shortcuts, reductions and head only, and what
    /// it meets at a block's "sum" is the block's direct path to the logits (Elhage et al. 2021).
    bool throughResiduals = true;
    std::stop_token stop = {};
    /// Called with the position in Description::blocks of each block passed, from the last to the first.
    std::function<void(int)> blockFinished = {};
};

struct BackwardResult
{
    /// Gradients of the weighted logits with respect to the tensors asked for, by address, each of its
    /// tensor's shape.
    std::map<std::string, std::shared_ptr<const Tensor>> gradients;
};

/// Runs a network: owns the threads and the memory of one run at a time, both booked once. Belongs to one
/// caller; not thread-safe. Several runners may share a network. Results depend on the input, the thread
/// count and, in their last bits, on what is captured: a fused step gives way to what is asked of its inside.
class Runner
{
public:
    /// threads = 0 takes the number of cores available to the process.
    explicit Runner(std::shared_ptr<const Network> network, int threads = 0);
    ~Runner();
    Runner(Runner &&) noexcept;
    Runner &operator=(Runner &&) noexcept;

    const Network &network() const;
    int threads() const;

    /// Input: inputSize × inputSize × 3, RGB, in [-1, 1]. Throws Error(InvalidArgument) for a wrong shape or
    /// an unknown address, Error(Cancelled) when stopped, Error(Damaged) where a tensor asked for or what the
    /// network answers is not finite.
    RunResult run(const Tensor &input, const RunOptions &options = {});

    /// Runs the blocks from `first` to `last`, both inclusive, by their positions in Description::blocks, on
    /// a block input that was captured before: the way to a block's inner tensors, or on from a lesion,
    /// without what lies before. The result has logits if `last` is the last block. Throws as run() does, and
    /// Error(InvalidArgument) for blocks that do not exist or a tensor asked for that the range does not
    /// compute.
    RunResult runBlocks(const Tensor &blockInput, int first, int last, const RunOptions &options = {});

    /// Vector-Jacobian products with respect to activations, of Σ logitWeights[c]·logit[c] (1 at a class for
    /// its logit; 1 and -1 for a difference), for the run that recorded the tape. Gradients at a ReLU's
    /// output are those before its gate, at its input (a "sum") after it; where several values are the
    /// maximum of a pooling, the first has the gradient. Throws Error: NoTop, InvalidArgument for a wrong
    /// number of weights, an address without a gradient or a tape that does not reach back to it, Cancelled.
    BackwardResult backward(const Tape &tape, std::span<const float> logitWeights,
                            const BackwardOptions &options = {});

    /// Seconds that the bare SGEMM calls of one pass take, with this runner's threads: the floor of an im2col
    /// engine, for benchmarks.
    double measureGemmFloor();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace reslens
