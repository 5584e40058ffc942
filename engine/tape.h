// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace reslens {

/// A residual block with its branches turned down, off or up: what the network computes without them (Veit et
/// al. 2016).
struct Lesion
{
    std::string block;
    /// Factor of the whole residual s·F(x); at 0 the block puts out its input, bit for bit.
    float residual = 1;
    /// Factor of each Inception branch before the "up" convolution; empty leaves all alone.
    std::vector<float> branches = {};
};

/// Bytes that start out undefined: who records them writes each, and from its own thread.
template <typename T>
struct UninitializedAllocator : std::allocator<T>
{
    template <typename U>
    void construct(U *place) noexcept
    {
        ::new (static_cast<void *>(place)) U;
    }
};
using Bytes = std::vector<std::uint8_t, UninitializedAllocator<std::uint8_t>>;

/// What a backward pass must know of the forward pass: which ReLUs let their value through, and which value
/// each max-pooling chose. With these fixed the network is linear in its activations. Indexed by node; empty
/// where there is nothing to record.
struct Tape
{
    std::vector<Bytes> gates;    ///< height × width rows of bits, as from openGates()
    std::vector<Lesion> lesions; ///< by block; blocks without one have factors of 1
    std::vector<Bytes> choices;  ///< as from maxPoolChoices(): height × width × channels
};

} // namespace reslens
