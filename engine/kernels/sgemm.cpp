// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/sgemm.h"

#include <cblas.h>

#include <mutex>
#include <new>
#include <sys/mman.h>

namespace reslens {

namespace {

/// What OpenBLAS asks the system for, for each product that runs beside others.
constexpr std::size_t bufferBytes = std::size_t(128) << 20;

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

void requireRoomForSgemm(int products)
{
    static std::mutex mutex;
    static int found = 0;
    const std::lock_guard lock(mutex);
    if (products <= found)
        return;
    // OpenBLAS keeps the buffers that it has.
    const std::size_t bytes = std::size_t(products - found) * bufferBytes;
    void *room =
        ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED)
        throw std::bad_alloc();
    ::munmap(room, bytes);
    found = products;
}

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
