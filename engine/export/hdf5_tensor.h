// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>

namespace reslens {

/// Adds a float32 dataset to a file that is being written. Its name is `address` ("block17_3/residual", in
/// the group "block17_3"), its extents are the given ones.
using Hdf5Sink = std::function<void(const std::string &address, std::span<const float> values,
                                    std::span<const std::size_t> extents)>;

/// Writes the tensors that `produce` hands to the sink, one after the other, into a new HDF5 file, so that
/// only one of them need be in memory. `attributes` become UTF-8 text attributes of the file and of each
/// dataset. The file appears whole or not at all, see writeAtomically(). Throws Error(FileUnwritable), naming
/// the file, and whatever `produce` throws. HDF5 is not thread-safe: not while another thread reads weights.
void writeHdf5Tensors(const std::filesystem::path &file, const std::map<std::string, std::string> &attributes,
                      const std::function<void(const Hdf5Sink &)> &produce);

/// The same for a single tensor.
void writeHdf5Tensor(const std::filesystem::path &file, const std::string &address,
                     std::span<const float> values, std::span<const std::size_t> extents,
                     const std::map<std::string, std::string> &attributes);

} // namespace reslens
