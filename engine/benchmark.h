// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runner.h"

#include <stop_token>

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

/// An input for benchmarks: values spread over [-1, 1], the same on every call.
Tensor benchmarkInput(int size);

/// The middle value, or the mean of the two middle ones; 0 for no values.
double median(std::vector<double> values);

} // namespace reslens
