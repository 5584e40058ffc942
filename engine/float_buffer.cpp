// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/float_buffer.h"

#include <cstdlib>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace reslens {

namespace {

constexpr std::size_t cacheLine = 64;
constexpr std::size_t hugePage = std::size_t(2) << 20;

} // namespace

FloatBuffer::FloatBuffer(std::size_t floats) : m_size(floats)
{
    const std::size_t alignment = floats * sizeof(float) >= hugePage ? hugePage : cacheLine;
    const std::size_t bytes = (floats * sizeof(float) + alignment - 1) / alignment * alignment;
    void *memory = std::aligned_alloc(alignment, bytes == 0 ? alignment : bytes);
    if (!memory)
        throw std::bad_alloc();
#if defined(__linux__)
    if (alignment == hugePage)
        madvise(memory, bytes, MADV_HUGEPAGE); // a hint: nothing depends on its success
#endif
    m_data.reset(static_cast<float *>(memory));
}

void FloatBuffer::Free::operator()(float *pointer) const
{
    std::free(pointer);
}

} // namespace reslens
