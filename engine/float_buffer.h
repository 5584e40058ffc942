// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>

namespace reslens {

/// Uninitialized memory for weights and maps, 64-byte aligned. Throws std::bad_alloc.
class FloatBuffer
{
public:
    FloatBuffer() = default;
    explicit FloatBuffer(std::size_t floats);

    float *data() { return m_data.get(); }
    const float *data() const { return m_data.get(); }
    std::size_t size() const { return m_size; }

private:
    struct Free
    {
        void operator()(float *pointer) const;
    };

    std::unique_ptr<float[], Free> m_data;
    std::size_t m_size = 0;
};

} // namespace reslens
