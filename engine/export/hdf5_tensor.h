// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>

namespace reslens {

/// Writes values as one float32 dataset of a new HDF5 file. The dataset's name is `address`
/// ("block17_3/residual", in the group "block17_3"), its extents are the given ones, and `attributes` become
/// UTF-8 text attributes of it. The file appears whole or not at all, see writeAtomically(). Throws
/// Error(FileUnwritable), naming the file. HDF5 is not thread-safe: not while another thread reads weights.
void writeHdf5Tensor(const std::filesystem::path &file, const std::string &address,
                     std::span<const float> values, std::span<const std::size_t> extents,
                     const std::map<std::string, std::string> &attributes);

} // namespace reslens
