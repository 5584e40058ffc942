// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/parallel/thread_pool.h"
#include "engine/plan/plan.h"

#include <cstddef>
#include <stop_token>

namespace reslens {

struct AdjointOperands
{
    const float *outputGradient; ///< window.out, the ReLU's gates already applied
    std::ptrdiff_t outputStride;
    const float *kernel; ///< from transposeKernel()
    float *gradient;     ///< window.in
    std::ptrdiff_t stride;
    bool accumulate; ///< add to what is in `gradient`, or replace it
};

/// Floats of scratch memory that convolveAdjoint() needs for this step.
std::size_t adjointWorkspaceSize(const ConvolutionStep &step);

/// The matrices of a kernel as convolve() reads it, each transposed: they have the same size.
void transposeKernel(ThreadPool &pool, const ConvolutionStep &step, const float *kernel, float *transposed);

/// The vector-Jacobian product of a convolution with respect to its input: the adjoint of im2col and SGEMM,
/// or of the filtering algorithm, whichever computed the step forward. Returns early once a stop is
/// requested.
void convolveAdjoint(ThreadPool &pool, const ConvolutionStep &step, const AdjointOperands &operands,
                     float *workspace, const std::stop_token &stop);

} // namespace reslens
