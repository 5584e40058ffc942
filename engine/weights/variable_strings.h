// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/weights/hdf5_handle.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace reslens::hdf5 {

/// The `count` strings of variable length of an attribute, in file order; up to `bytesLimit` bytes in all.
/// Nothing if the file is damaged there.
///
/// An attribute only refers to such strings: they lie in the file's global heap (HDF5 File Format
/// Specification 3.0, III.E). HDF5 1.10 takes the references and the heap's own lengths on trust and reads
/// and writes beyond its buffers where they are damaged. So HDF5 is asked for the references alone, and they
/// are followed here.
std::optional<std::vector<std::string>> readVariableStrings(const Attribute &attribute, std::size_t count,
                                                            std::size_t bytesLimit);

} // namespace reslens::hdf5
