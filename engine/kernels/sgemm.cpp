// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/sgemm.h"

#include <cblas.h>

#include <mutex>

namespace reslens {

namespace {

/// Once a thread: where OpenBLAS works with OpenMP, the number holds for the thread that sets it alone, and
/// each other would start a team of its own. What else it sets is the process's, hence one thread at a time.
void useOneThread()
{
    [[maybe_unused]] static thread_local const bool done = [] {
        static std::mutex setting;
        const std::lock_guard lock(setting);
        openblas_set_num_threads(1);
        return true;
    }();
}

} // namespace

std::string sgemmKernels()
{
    return openblas_get_corename();
}

void sgemm(int m, int n, int k, const float *a, std::ptrdiff_t strideA, const float *b,
           std::ptrdiff_t strideB, float *c, std::ptrdiff_t strideC, bool accumulate)
{
    useOneThread();
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1.0F, a, int(strideA), b, int(strideB),
                accumulate ? 1.0F : 0.0F, c, int(strideC));
}

void sgemmAdjoint(int m, int n, int k, const float *c, std::ptrdiff_t strideC, const float *b,
                  std::ptrdiff_t strideB, float *a, std::ptrdiff_t strideA, bool accumulate)
{
    useOneThread();
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, m, k, n, 1.0F, c, int(strideC), b, int(strideB),
                accumulate ? 1.0F : 0.0F, a, int(strideA));
}

void sgemv(int n, int k, const float *x, const float *b, std::ptrdiff_t strideB, float *y)
{
    useOneThread();
    cblas_sgemv(CblasRowMajor, CblasTrans, k, n, 1.0F, b, int(strideB), x, 1, 1.0F, y, 1);
}

void sgemvAdjoint(int n, int k, const float *y, const float *b, std::ptrdiff_t strideB, float *x)
{
    useOneThread();
    cblas_sgemv(CblasRowMajor, CblasNoTrans, k, n, 1.0F, b, int(strideB), y, 1, 0.0F, x, 1);
}

} // namespace reslens
