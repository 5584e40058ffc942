// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace reslens {

/// Writes values as NumPy's .npy file, version 1.0: little-endian float32, C order, with the given extents
/// ({height, width, channels} of a feature map, {n} of a vector), whose product is the number of values.
/// The file appears whole or not at all, see writeAtomically(). Throws Error(FileUnwritable), naming the
/// file. Format: NumPy Enhancement Proposal 1 (Kern 2007).
void writeNpy(const std::filesystem::path &file, std::span<const float> values,
              std::span<const std::size_t> extents);

} // namespace reslens
