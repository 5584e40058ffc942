// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/hdf5_read.h"

#include "engine/error.h"
#include "engine/report.h"
#include "engine/weights/half_precision.h"
#include "engine/weights/variable_strings.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <limits>

namespace reslens::hdf5 {

namespace {

/// A network has about a thousand layers with names below a hundred characters; more is damage.
constexpr std::size_t stringBytesLimit = std::size_t(16) << 20;

herr_t keepInnermost(unsigned, const H5E_error2_t *entry, void *data)
{
    auto &failure = *static_cast<Failure *>(data);
    failure.reason = entry->desc ? entry->desc : "";
    failure.missing = entry->min_num == H5E_NOTFOUND;
    failure.notHdf5 = entry->min_num == H5E_NOTHDF5;
    return 1;
}

/// Throws what can be said of a file before HDF5 sees it.
void checkAccess(const std::filesystem::path &path)
{
    const std::string name = path.string();
    std::error_code code;
    const auto status = std::filesystem::status(path, code);
    if (status.type() == std::filesystem::file_type::not_found)
        throw Error(ErrorKind::FileMissing, "There is no file " + name);
    if (status.type() == std::filesystem::file_type::directory)
        throw Error(ErrorKind::FileUnreadable, name + " is a folder; expected a model file");
    if (status.type() != std::filesystem::file_type::none &&
        status.type() != std::filesystem::file_type::regular)
        throw Error(ErrorKind::FileUnreadable, name + " is not a regular file");
    errno = 0;
    if (!std::ifstream(path, std::ios::binary))
        throw Error(ErrorKind::FileUnreadable, name + " cannot be opened: " + std::strerror(errno));
}

/// HDF5 could not open what `name` stands for.
[[noreturn]] void throwUnopened(const std::string &name)
{
    const Failure failure = lastFailure();
    if (failure.notHdf5)
        throw Error(ErrorKind::NotAModel, name + " is not an HDF5 file; expected Keras weights (.h5)");
    unsigned long long found = 0;
    unsigned long long base = 0;
    unsigned long long expected = 0;
    if (std::sscanf(failure.reason.c_str(),
                    "truncated file: eof = %llu, sblock->base_addr = %llu, stored_eof = %llu", &found, &base,
                    &expected) == 3)
        throw Error(ErrorKind::Damaged, name + " is cut short: it has " + formatCount(std::int64_t(found)) +
                                            " bytes, expected " + formatCount(std::int64_t(expected)));
    throw Error(ErrorKind::Damaged, name + " is damaged or cut short (" + failure.reason + ")");
}

// What HDF5 does with the bytes of a file in memory, reduced to passing the caller's pointer on without a
// copy.

void *lendImage(std::size_t, H5FD_file_image_op_t, void *image)
{
    return image;
}

void *keepImage(void *target, const void *, std::size_t, H5FD_file_image_op_t, void *)
{
    return target;
}

herr_t ignoreImage(void *, H5FD_file_image_op_t, void *)
{
    return 0;
}

void *shareImage(void *image)
{
    return image;
}

herr_t releaseImage(void *)
{
    return 0;
}

[[noreturn]] void throwAttribute(const std::string &name, const std::string &where,
                                 const std::string &problem)
{
    throw Error(ErrorKind::Damaged, "The attribute " + name + " of " + where + " " + problem);
}

bool hasAttribute(hid_t object, const std::string &name, const std::string &where)
{
    const htri_t exists = H5Aexists(object, name.c_str());
    if (exists < 0)
        throwAttribute(name, where, "is damaged: it cannot be found (" + lastFailure().reason + ")");
    return exists > 0;
}

std::vector<std::string> splitFixed(const std::vector<char> &bytes, std::size_t width, bool spacePadded)
{
    std::vector<std::string> strings;
    for (std::size_t start = 0; start < bytes.size(); start += width) {
        const char *first = bytes.data() + start;
        std::string text(first, std::find(first, first + width, '\0'));
        while (spacePadded && text.ends_with(' '))
            text.pop_back();
        strings.push_back(std::move(text));
    }
    return strings;
}

/// Appends the strings of one attribute; false if it cannot be read.
bool appendStrings(const Attribute &attribute, std::vector<std::string> &strings)
{
    const Datatype type(H5Aget_type(attribute.get()));
    const Dataspace space(H5Aget_space(attribute.get()));
    const hssize_t count = space ? H5Sget_simple_extent_npoints(space.get()) : -1;
    // Keras writes the empty list of a layer without weights as an array of floats.
    if (!type || count <= 0)
        return type && count == 0;
    if (H5Tget_class(type.get()) != H5T_STRING)
        return false;
    const std::size_t width = H5Tget_size(type.get());
    if (width == 0 || std::size_t(count) > stringBytesLimit / width)
        return false;
    if (H5Tis_variable_str(type.get()) > 0) {
        auto read = readVariableStrings(attribute, std::size_t(count), stringBytesLimit);
        if (read)
            std::ranges::move(*read, std::back_inserter(strings));
        return read.has_value();
    }
    std::vector<char> bytes(std::size_t(count) * width);
    if (H5Aread(attribute.get(), type.get(), bytes.data()) < 0)
        return false;
    std::ranges::move(splitFixed(bytes, width, H5Tget_strpad(type.get()) == H5T_STR_SPACEPAD),
                      std::back_inserter(strings));
    return true;
}

} // namespace

Failure lastFailure()
{
    Failure failure{"no reason given"};
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keepInnermost, &failure);
    return failure;
}

File openFile(const std::filesystem::path &path)
{
    registerHalfConversion();
    checkAccess(path);
    const std::string name = path.filename().string();
    std::error_code code;
    if (std::filesystem::file_size(path, code) == 0)
        throw Error(ErrorKind::Damaged, name + " is empty");
    const PropertyList access(H5Pcreate(H5P_FILE_ACCESS));
    // Locks fail on some network file systems, and while another program writes to the file we only look.
    H5Pset_file_locking(access.get(), false, true);
    File file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()));
    if (!file)
        throwUnopened(name);
    return file;
}

File openMemory(std::span<const std::byte> bytes, const std::string &name)
{
    registerHalfConversion();
    if (bytes.empty())
        throw Error(ErrorKind::Damaged, name + " is empty");
    // HDF5 wants a pointer that it could write through, but does not write to a file opened for reading.
    void *image = const_cast<std::byte *>(bytes.data());
    const PropertyList access(H5Pcreate(H5P_FILE_ACCESS));
    constexpr std::size_t growth = 1 << 16;
    H5Pset_fapl_core(access.get(), growth, false);
    H5FD_file_image_callbacks_t callbacks{lendImage,  keepImage,    nullptr, ignoreImage,
                                          shareImage, releaseImage, image};
    H5Pset_file_image_callbacks(access.get(), &callbacks);
    H5Pset_file_image(access.get(), image, bytes.size());
    // HDF5 shares open files of one name, and refuses an image whose name is that of a file on disk.
    const std::string unique = "memory-" + std::to_string(reinterpret_cast<std::uintptr_t>(image));
    File file(H5Fopen(unique.c_str(), H5F_ACC_RDONLY, access.get()));
    if (!file)
        throwUnopened(name);
    return file;
}

std::optional<std::vector<std::string>> readStrings(hid_t object, const std::string &name,
                                                    const std::string &where)
{
    std::vector<std::string> parts;
    if (hasAttribute(object, name, where))
        parts.push_back(name);
    else
        while (hasAttribute(object, name + std::to_string(parts.size()), where))
            parts.push_back(name + std::to_string(parts.size()));
    if (parts.empty())
        return std::nullopt;
    std::vector<std::string> strings;
    for (const std::string &part : parts) {
        const Attribute attribute(H5Aopen(object, part.c_str(), H5P_DEFAULT));
        if (!attribute || !appendStrings(attribute, strings))
            throwAttribute(part, where, "is damaged: it cannot be read as text");
    }
    return strings;
}

std::optional<int> readInteger(hid_t object, const std::string &name, const std::string &where)
{
    if (!hasAttribute(object, name, where))
        return std::nullopt;
    const Attribute attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT));
    const Datatype type(attribute ? H5Aget_type(attribute.get()) : H5I_INVALID_HID);
    const Dataspace space(attribute ? H5Aget_space(attribute.get()) : H5I_INVALID_HID);
    int value = 0;
    if (!type || !space || H5Tget_class(type.get()) != H5T_INTEGER ||
        H5Sget_simple_extent_npoints(space.get()) != 1 ||
        H5Aread(attribute.get(), H5T_NATIVE_INT, &value) < 0)
        throwAttribute(name, where, "is not a whole number");
    return value;
}

std::vector<std::string> linkNames(const Group &group)
{
    std::vector<std::string> names;
    const auto append = [](hid_t, const char *name, const H5L_info_t *, void *data) -> herr_t {
        static_cast<std::vector<std::string> *>(data)->emplace_back(name);
        return 0;
    };
    H5Literate(group.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, append, &names);
    return names;
}

std::vector<hsize_t> dimensions(const Dataset &dataset)
{
    const Dataspace space(H5Dget_space(dataset.get()));
    const int rank = space ? H5Sget_simple_extent_ndims(space.get()) : 0;
    std::vector<hsize_t> extents(std::size_t(std::max(rank, 0)));
    H5Sget_simple_extent_dims(space.get(), extents.data(), nullptr);
    return extents;
}

} // namespace reslens::hdf5
