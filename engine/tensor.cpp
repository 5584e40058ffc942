// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tensor.h"

#include <algorithm>

namespace reslens {

std::string toString(const Shape &shape)
{
    return std::to_string(shape.height) + " × " + std::to_string(shape.width) + " × " +
           std::to_string(shape.channels);
}

Tensor Tensor::uninitialized(const Shape &shape)
{
    Tensor tensor;
    tensor.m_shape = shape;
    tensor.m_data = FloatBuffer(shape.count());
    return tensor;
}

Tensor::Tensor(const Shape &shape) : Tensor(uninitialized(shape))
{
    std::fill_n(m_data.data(), shape.count(), 0.0F);
}

Tensor::Tensor(const TensorView &view) : Tensor(uninitialized(view.shape))
{
    const auto channels = std::size_t(view.shape.channels);
    for (std::size_t position = 0; position < view.shape.positions(); ++position)
        std::copy_n(view.data + std::ptrdiff_t(position) * view.stride, channels,
                    m_data.data() + position * channels);
}

Tensor Tensor::clone() const
{
    return m_data.data() ? Tensor(view()) : Tensor();
}

} // namespace reslens
