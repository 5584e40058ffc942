// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace reslens::hdf5 {

/// The bytes of what may be an HDF5 file.
struct ByteSource
{
    std::uint64_t size = 0;
    /// Fills the span from an offset on; false if that fails.
    std::function<bool(std::uint64_t offset, std::span<unsigned char> to)> read;
};

/// Throws Error(NotAModel) for what is no HDF5 file, and Error(Damaged) for one that ends before it says it
/// does ("HDF5 File Format Specification", II.A). `name` is for messages.
void requireWholeFile(const ByteSource &source, const std::string &name);

} // namespace reslens::hdf5
