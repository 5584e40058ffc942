// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/weights/hdf5_handle.h"

#include <filesystem>

namespace reslens::test {

/// A new file in the oldest format that can hold what is written, as h5py makes it, whatever the default of
/// this HDF5; or in no older one than that of `format`. Throws std::runtime_error if that fails.
hdf5::File createHdf5File(const std::filesystem::path &path, H5F_libver_t format = H5F_LIBVER_EARLIEST);

} // namespace reslens::test
