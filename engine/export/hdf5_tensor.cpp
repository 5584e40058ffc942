// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/hdf5_tensor.h"

#include "engine/error.h"
#include "engine/export/atomic_file.h"

#include <hdf5.h>

#include <vector>

namespace reslens {
namespace {

/// An HDF5 identifier that is closed at the end of its scope; throws if it is not a valid one.
class Handle
{
public:
    Handle(hid_t id, herr_t (*close)(hid_t), const std::filesystem::path &file) : m_id(id), m_close(close)
    {
        if (id < 0)
            throw Error(ErrorKind::FileUnwritable, file.string() + " cannot be written as HDF5.");
    }
    ~Handle() { m_close(m_id); }
    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;

    operator hid_t() const { return m_id; }

private:
    hid_t m_id;
    herr_t (*m_close)(hid_t);
};

void require(herr_t status, const std::filesystem::path &file)
{
    if (status < 0)
        throw Error(ErrorKind::FileUnwritable,
                    file.string() + " cannot be written: the file system is full or failed.");
}

void writeAttribute(hid_t object, const std::string &name, const std::string &text,
                    const std::filesystem::path &file)
{
    const Handle type(H5Tcopy(H5T_C_S1), H5Tclose, file);
    require(H5Tset_size(type, H5T_VARIABLE), file);
    require(H5Tset_cset(type, H5T_CSET_UTF8), file);
    const Handle space(H5Screate(H5S_SCALAR), H5Sclose, file);
    const Handle attribute(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                           file);
    const char *value = text.c_str();
    require(H5Awrite(attribute, type, &value), file);
}

void writeDataset(hid_t out, const std::string &address, std::span<const float> values,
                  std::span<const std::size_t> extents, const std::map<std::string, std::string> &attributes,
                  const std::filesystem::path &file)
{
    const std::vector<hsize_t> dimensions(extents.begin(), extents.end());
    const Handle space(H5Screate_simple(static_cast<int>(dimensions.size()), dimensions.data(), nullptr),
                       H5Sclose, file);
    const Handle links(H5Pcreate(H5P_LINK_CREATE), H5Pclose, file);
    require(H5Pset_create_intermediate_group(links, 1), file);
    const Handle dataset(
        H5Dcreate2(out, address.c_str(), H5T_IEEE_F32LE, space, links, H5P_DEFAULT, H5P_DEFAULT), H5Dclose,
        file);
    require(H5Dwrite(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), file);
    for (const auto &[name, text] : attributes)
        writeAttribute(dataset, name, text, file);
}

} // namespace

void writeHdf5Tensor(const std::filesystem::path &file, const std::string &address,
                     std::span<const float> values, std::span<const std::size_t> extents,
                     const std::map<std::string, std::string> &attributes)
{
    // HDF5 would print its own account of every failure.
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    writeAtomically(file, [&](const std::filesystem::path &part) {
        const Handle out(H5Fcreate(part.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose, file);
        writeDataset(out, address, values, extents, attributes, file);
        require(H5Fflush(out, H5F_SCOPE_GLOBAL), file);
    });
}

} // namespace reslens
