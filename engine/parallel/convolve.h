// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/convolution.h"
#include "engine/parallel/thread_pool.h"
#include "engine/plan/plan.h"

#include <cstddef>
#include <stop_token>

namespace reslens {

/// Floats of scratch memory that convolve() needs for this step with this many threads.
std::size_t workspaceSize(const ConvolutionStep &step, int threads);

/// Computes a whole convolution with the step's algorithm, shared out among the pool's threads. Returns
/// early, with an unfinished destination, once a stop is requested.
void convolve(ThreadPool &pool, const ConvolutionStep &step, const ConvolutionOperands &operands,
              float *workspace, const std::stop_token &stop);

} // namespace reslens
