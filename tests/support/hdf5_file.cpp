// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/hdf5_file.h"

#include <stdexcept>

namespace reslens::test {

hdf5::File createHdf5File(const std::filesystem::path &path, H5F_libver_t format)
{
    const hdf5::PropertyList access(H5Pcreate(H5P_FILE_ACCESS));
    H5Pset_libver_bounds(access.get(), format, H5F_LIBVER_LATEST);
    hdf5::File file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get()));
    if (!file)
        throw std::runtime_error("HDF5 could not create " + path.string());
    return file;
}

} // namespace reslens::test
