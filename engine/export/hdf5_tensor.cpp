// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/hdf5_tensor.h"

#include "engine/export/atomic_file.h"
#include "engine/weights/hdf5_handle.h"

#include <vector>

namespace reslens {
namespace {

void require(bool done, const std::filesystem::path &file)
{
    if (!done)
        throw writeError(file);
}

void writeAttribute(hid_t object, const std::string &name, const std::string &text,
                    const std::filesystem::path &file)
{
    const hdf5::Datatype type(H5Tcopy(H5T_C_S1));
    require(H5Tset_size(type.get(), H5T_VARIABLE) >= 0 && H5Tset_cset(type.get(), H5T_CSET_UTF8) >= 0, file);
    const hdf5::Dataspace space(H5Screate(H5S_SCALAR));
    const hdf5::Attribute attribute(
        H5Acreate2(object, name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT));
    const char *value = text.c_str();
    require(attribute && H5Awrite(attribute.get(), type.get(), &value) >= 0, file);
}

void writeDataset(hid_t out, const std::string &address, std::span<const float> values,
                  std::span<const std::size_t> extents, const std::map<std::string, std::string> &attributes,
                  const std::filesystem::path &file)
{
    const std::vector<hsize_t> dimensions(extents.begin(), extents.end());
    const hdf5::Dataspace space(
        H5Screate_simple(static_cast<int>(dimensions.size()), dimensions.data(), nullptr));
    const hdf5::PropertyList links(H5Pcreate(H5P_LINK_CREATE));
    require(H5Pset_create_intermediate_group(links.get(), 1) >= 0, file);
    const hdf5::Dataset dataset(
        H5Dcreate2(out, address.c_str(), H5T_IEEE_F32LE, space.get(), links.get(), H5P_DEFAULT, H5P_DEFAULT));
    require(dataset &&
                H5Dwrite(dataset.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0,
            file);
    for (const auto &[name, text] : attributes)
        writeAttribute(dataset.get(), name, text, file);
}

} // namespace

void writeHdf5Tensors(const std::filesystem::path &file, const std::map<std::string, std::string> &attributes,
                      const std::function<void(const Hdf5Sink &)> &produce)
{
    const hdf5::QuietErrors quiet;
    writeAtomically(file, [&](const std::filesystem::path &part) {
        const hdf5::File out(H5Fcreate(part.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
        require(bool(out), file);
        for (const auto &[name, text] : attributes)
            writeAttribute(out.get(), name, text, file);
        produce([&](const std::string &address, std::span<const float> values,
                    std::span<const std::size_t> extents) {
            writeDataset(out.get(), address, values, extents, attributes, file);
        });
        // Closing cannot report a failure.
        require(H5Fflush(out.get(), H5F_SCOPE_GLOBAL) >= 0, file);
    });
}

void writeHdf5Tensor(const std::filesystem::path &file, const std::string &address,
                     std::span<const float> values, std::span<const std::size_t> extents,
                     const std::map<std::string, std::string> &attributes)
{
    writeHdf5Tensors(file, attributes, [&](const Hdf5Sink &add) { add(address, values, extents); });
}

} // namespace reslens
