// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/lesion.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace reslens {

/// Left uninitialized: each recording thread writes its own part.
template <typename T>
struct UninitializedAllocator : std::allocator<T>
{
    template <typename U>
    void construct(U *place) noexcept
    {
        ::new (static_cast<void *>(place)) U;
    }
};
using RecordedBytes = std::vector<std::uint8_t, UninitializedAllocator<std::uint8_t>>;

/// What a backward pass must know of the forward pass: which ReLUs let their value through, and which value
/// each max-pooling chose. With these fixed the network is linear in its activations. Indexed by node; empty
/// where there is nothing to record.
struct Tape
{
    std::vector<RecordedBytes> gates;   ///< height × width rows of bits, as from openGates()
    std::vector<Lesion> lesions;        ///< by block; blocks without one have factors of 1
    std::vector<RecordedBytes> choices; ///< as from maxPoolChoices(): height × width × channels
};

} // namespace reslens
