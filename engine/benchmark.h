// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runner.h"

#include <stop_token>
#include <string>
#include <vector>

namespace reslens {

/// Latency of a network, in milliseconds.
struct Latency
{
    double median = 0;
    double minimum = 0;
    /// Median of the bare SGEMM calls of a pass, each measured right after a run: what the machine gives
    /// changes from second to second, and only neighbours compare.
    double gemmFloor = 0;
};

/// Runs the network `repeat` times, at least once, on the same input. Throws Error(Cancelled) when stopped.
Latency measureLatency(Runner &runner, const Tensor &input, int repeat, const std::stop_token &stop = {});

/// What one of the visualizations costs, in milliseconds.
struct VisualizationCost
{
    std::string name;
    double median = 0;
};

/// Measures in turn, `repeat` times, at least once: "forward", a plain pass; "captured", one that keeps every
/// block's output; "gradient", forward and back to the input for one logit; "direct", the composite map of
/// that method with its forward pass; "lesion BLOCK", the rest of a pass with that block off. Throws
/// Error(NoTop), Error(Cancelled).
std::vector<VisualizationCost> measureVisualizations(Runner &runner, const Tensor &input, int repeat,
                                                     const std::stop_token &stop = {});

/// An input for benchmarks: values spread over [-1, 1], the same on every call.
Tensor benchmarkInput(int size);

/// The middle value, or the mean of the two middle ones; 0 for no values.
double median(std::vector<double> values);

} // namespace reslens
