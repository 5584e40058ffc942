// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/float_buffer.h"

#include <cstdlib>
#include <new>

namespace reslens {

namespace {

constexpr std::size_t cacheLine = 64;

/// What malloc() returned: it is kept right before the data.
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
    const std::size_t bytes = floats * sizeof(float);
    void *base = std::malloc(bytes + cacheLine);
    if (!base)
        throw std::bad_alloc();
    void *data = static_cast<std::byte *>(base) + sizeof base;
    std::size_t space = bytes + cacheLine - sizeof base;
    m_data.reset(static_cast<float *>(std::align(cacheLine, bytes, data, space)));
    baseOf(m_data.get()) = base;
}

void FloatBuffer::Free::operator()(float *pointer) const
{
    std::free(baseOf(pointer));
}

} // namespace reslens
