// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

namespace reslens {

/// The family of processors that the kernels OpenBLAS uses here are made for, as it calls it: "Cooperlake".
/// It chooses by the processor; the environment variable OPENBLAS_CORETYPE overrides it.
std::string sgemmKernels();

/// Throws std::bad_alloc unless there is address space for so many products at once: OpenBLAS takes 128 MB
/// for each that runs beside others, keeps them for the next, and where the system gives none (ulimit -v), it
/// asks for ever.
void requireRoomForSgemm(int products);

/// C (m × n) = A (m × k) · B (k × n) [+ C if accumulate], row-major with the given row strides, on the
/// calling thread alone: OpenBLAS is told once per thread to start none of its own.
void sgemm(int m, int n, int k, const float *a, std::ptrdiff_t strideA, const float *b,
           std::ptrdiff_t strideB, float *c, std::ptrdiff_t strideC, bool accumulate);

/// y (n) = x (k) · B (k × n) + y, likewise.
void sgemv(int n, int k, const float *x, const float *b, std::ptrdiff_t strideB, float *y);

/// x (k) = B (k × n) · y (n), likewise: the adjoint of sgemv() in x.
void sgemvAdjoint(int n, int k, const float *y, const float *b, std::ptrdiff_t strideB, float *x);

} // namespace reslens
