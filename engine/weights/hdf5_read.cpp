// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/hdf5_read.h"

#include "engine/error.h"
#include "engine/weights/half_precision.h"
#include "engine/weights/superblock.h"
#include "engine/weights/variable_strings.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
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

/// Opens for reading what `access` says how to reach. HDF5 1.10 reads through a buffer of its own, which
/// crashes on some damaged addresses, unless the driver asks for none. The only one that does not is the one
/// for files of several parts; here all parts are the file itself. `name` is for messages.
File openReading(const std::string &path, const PropertyList &access, const std::string &name)
{
    // A model file has no business with other files; what they are could change, or never end.
    static const herr_t keepsToItself = H5Lunregister(H5L_TYPE_EXTERNAL);
    static_cast<void>(keepsToItself);
    std::array<H5FD_mem_t, H5FD_MEM_NTYPES> parts{};
    std::array<hid_t, H5FD_MEM_NTYPES> accesses{};
    std::array<const char *, H5FD_MEM_NTYPES> names{};
    std::array<haddr_t, H5FD_MEM_NTYPES> addresses{};
    parts.fill(H5FD_MEM_SUPER);
    accesses.fill(H5P_DEFAULT);
    addresses.fill(HADDR_UNDEF);
    accesses[H5FD_MEM_SUPER] = access.get();
    names[H5FD_MEM_SUPER] = "%s";
    addresses[H5FD_MEM_SUPER] = 0;
    const PropertyList whole(H5Pcreate(H5P_FILE_ACCESS));
    H5Pset_fapl_multi(whole.get(), parts.data(), accesses.data(), names.data(), addresses.data(), false);
    // Locks fail on some network file systems, and while another program writes to the file we only look.
    for (const hid_t list : {access.get(), whole.get()})
        H5Pset_file_locking(list, false, true);
    // That driver has room for this many bytes of a path.
    constexpr std::size_t longestPath = 1023;
    const hid_t chosen = path.size() > longestPath ? access.get() : whole.get();
    File file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, chosen));
    if (!file)
        throw Error(ErrorKind::Damaged, name + " is damaged: HDF5 cannot open it");
    return file;
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
    std::ifstream stream(path, std::ios::binary);
    requireWholeFile({std::filesystem::file_size(path, code),
                      [&](std::uint64_t offset, std::span<unsigned char> to) {
                          stream.clear();
                          stream.seekg(std::streamoff(offset));
                          return bool(
                              stream.read(reinterpret_cast<char *>(to.data()), std::streamsize(to.size())));
                      }},
                     name);
    return openReading(path.string(), PropertyList(H5Pcreate(H5P_FILE_ACCESS)), name);
}

File openMemory(std::span<const std::byte> bytes, const std::string &name)
{
    registerHalfConversion();
    if (bytes.empty())
        throw Error(ErrorKind::Damaged, name + " is empty");
    requireWholeFile({bytes.size(),
                      [&](std::uint64_t offset, std::span<unsigned char> to) {
                          if (offset > bytes.size() || to.size() > bytes.size() - offset)
                              return false;
                          std::memcpy(to.data(), bytes.data() + offset, to.size());
                          return true;
                      }},
                     name);
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
    return openReading(unique, access, name);
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

std::vector<std::string> linkNames(const Group &group, const std::string &where)
{
    std::vector<std::string> names;
    const auto append = [](hid_t, const char *name, const H5L_info_t *, void *data) -> herr_t {
        static_cast<std::vector<std::string> *>(data)->emplace_back(name);
        return 0;
    };
    if (H5Literate(group.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, append, &names) < 0)
        throw Error(ErrorKind::Damaged,
                    where + " is damaged: what it holds cannot be listed (" + lastFailure().reason + ")");
    return names;
}

bool hasLink(hid_t group, const std::string &name, const std::string &where)
{
    const htri_t exists = H5Lexists(group, name.c_str(), H5P_DEFAULT);
    if (exists < 0)
        throw Error(ErrorKind::Damaged,
                    where + " is damaged: " + name + " cannot be looked up (" + lastFailure().reason + ")");
    return exists > 0;
}

void requireOwnValues(const Dataset &dataset, const std::string &where)
{
    const PropertyList creation(H5Dget_create_plist(dataset.get()));
    if (H5Pget_external_count(creation.get()) > 0 || H5Pget_layout(creation.get()) == H5D_VIRTUAL)
        throw Error(ErrorKind::Unsupported,
                    where + " keeps its values in another file; expected them in the model file itself");
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
