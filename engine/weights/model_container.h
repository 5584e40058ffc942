// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/weights/hdf5_handle.h"
#include "engine/weights/origin.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace reslens {

/// The parts of a model file, whether it is HDF5 or a `.keras` archive.
struct ModelContainer
{
    std::vector<std::byte> bytes; ///< what `file` reads from; empty if it is a file on disk
    hdf5::File file;              ///< the weights
    std::string config;           ///< JSON, see parseModelConfig(); empty if there is none
    Origin origin;                ///< its format, of HDF5 without `config`, is that of the layers
};

/// Throws Error: FileMissing, FileUnreadable, NotAModel, Damaged.
ModelContainer openModel(const std::filesystem::path &path);

/// The same from a file's bytes, which must outlive the result.
ModelContainer openModel(std::span<const std::byte> bytes, const std::string &name);

} // namespace reslens
