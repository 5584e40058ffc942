// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/float_buffer.h"

#include <cstddef>
#include <span>
#include <string>

namespace reslens {

/// Extents of a feature map: height × width × channels (NHWC with a batch of one). A vector of N is 1 × 1 ×
/// N.
struct Shape
{
    int height = 0;
    int width = 0;
    int channels = 0;

    std::size_t positions() const { return std::size_t(height) * std::size_t(width); }
    std::size_t count() const { return positions() * std::size_t(channels); }
    bool operator==(const Shape &) const = default;
};

/// "35 × 35 × 320"
std::string toString(const Shape &shape);

/// Values of a feature map that somebody else owns: position (y, x) starts at data + (y·width + x)·stride and
/// holds shape.channels consecutive values. A stride above the channel count addresses a slice of a wider
/// map.
struct TensorView
{
    const float *data = nullptr;
    Shape shape;
    std::ptrdiff_t stride = 0;

    const float *at(int y, int x) const { return data + (std::ptrdiff_t(y) * shape.width + x) * stride; }
};

/// An owning float32 feature map, height × width × channels, channels innermost, 64-byte aligned, without
/// gaps. Move-only: copies are spelled clone(). A new tensor's values are zero.
class Tensor
{
public:
    Tensor() = default;
    explicit Tensor(const Shape &shape);
    /// Of unspecified values, for callers that write all of them.
    static Tensor uninitialized(const Shape &shape);
    /// A gap-free copy of the view.
    explicit Tensor(const TensorView &view);
    Tensor(Tensor &&) noexcept = default;
    Tensor &operator=(Tensor &&) noexcept = default;

    Tensor clone() const;

    const Shape &shape() const { return m_shape; }
    float *data() { return m_data.data(); }
    const float *data() const { return m_data.data(); }
    std::span<float> values() { return {m_data.data(), m_shape.count()}; }
    std::span<const float> values() const { return {m_data.data(), m_shape.count()}; }
    float &at(int y, int x, int channel) { return m_data.data()[index(y, x, channel)]; }
    float at(int y, int x, int channel) const { return m_data.data()[index(y, x, channel)]; }
    TensorView view() const { return {m_data.data(), m_shape, m_shape.channels}; }

private:
    std::size_t index(int y, int x, int channel) const
    {
        return (std::size_t(y) * std::size_t(m_shape.width) + std::size_t(x)) *
                   std::size_t(m_shape.channels) +
               std::size_t(channel);
    }

    Shape m_shape;
    FloatBuffer m_data;
};

} // namespace reslens
