// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/float_buffer.h"

#include <cstdint>
#include <cstdlib>
#include <new>

namespace reslens {

namespace {

constexpr std::uintptr_t cacheLine = 64;

void *&baseOf(float *data)
{
    return reinterpret_cast<void **>(data)[-1];
}

} // namespace

// Not std::aligned_alloc: that of glibc 2.36 does not find room again that it has freed, but takes new memory
// from the system each time. Huge pages were tried: they make a pass 1 % faster, but loading up to half a
// second slower where the system has to gather the memory first.
FloatBuffer::FloatBuffer(std::size_t floats) : m_size(floats)
{
    void *base = std::malloc(floats * sizeof(float) + cacheLine);
    if (!base)
        throw std::bad_alloc();
    // At least the 16 bytes further that malloc() aligns to: there is room for the base before the data.
    const std::uintptr_t address = (reinterpret_cast<std::uintptr_t>(base) / cacheLine + 1) * cacheLine;
    m_data.reset(reinterpret_cast<float *>(address));
    baseOf(m_data.get()) = base;
}

void FloatBuffer::Free::operator()(float *pointer) const
{
    std::free(baseOf(pointer));
}

} // namespace reslens
