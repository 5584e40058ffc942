// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/variable_strings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <span>
#include <unistd.h>

namespace reslens::hdf5 {

namespace {

using Bytes = std::vector<unsigned char>;

constexpr const char *referenceTag = "reference into the global heap";

std::uint64_t unsignedAt(std::span<const unsigned char> bytes, std::size_t offset, std::size_t width)
{
    std::uint64_t value = 0;
    for (std::size_t i = width; i-- > 0;)
        value = value << 8 | bytes[offset + i];
    return value;
}

/// To whole groups of eight, as everything in the heap lies.
std::uint64_t padded(std::uint64_t size)
{
    return (size + 7) / 8 * 8;
}

bool isReference(hid_t type)
{
    if (H5Tget_class(type) != H5T_OPAQUE)
        return false;
    char *tag = H5Tget_tag(type);
    const bool is = tag && std::strcmp(tag, referenceTag) == 0;
    H5free_memory(tag);
    return is;
}

/// From a string of variable length as it lies in the file to the opaque bytes of the reference that it is.
herr_t keepReference(hid_t from, hid_t to, H5T_cdata_t *data, std::size_t, std::size_t, std::size_t, void *,
                     void *, hid_t)
{
    data->need_bkg = H5T_BKG_NO;
    switch (data->command) {
    case H5T_CONV_INIT:
        return H5Tis_variable_str(from) > 0 && isReference(to) ? 0 : -1;
    case H5T_CONV_CONV:
        return H5Tget_size(from) == H5Tget_size(to) ? 0 : -1;
    default:
        return 0;
    }
}

Datatype referenceType(std::size_t size)
{
    Datatype type(H5Tcreate(H5T_OPAQUE, size));
    H5Tset_tag(type.get(), referenceTag);
    return type;
}

void registerReferences()
{
    static const herr_t registered = [] {
        const Datatype string(H5Tcopy(H5T_C_S1));
        H5Tset_size(string.get(), H5T_VARIABLE);
        return H5Tregister(H5T_PERS_SOFT, "string to reference", string.get(), referenceType(1).get(),
                           keepReference);
    }();
    static_cast<void>(registered);
}

/// An open file's own bytes, wherever its driver has them.
class FileBytes
{
public:
    explicit FileBytes(const File &file)
    {
        const PropertyList access(H5Fget_access_plist(file.get()));
        const PropertyList asked(H5Pcreate(H5P_FILE_ACCESS));
        hid_t driver = H5Pget_driver(access.get());
        if (driver == H5FD_MULTI) {
            // One file that plays all parts, see openFile().
            driver = driverOfParts(access);
            H5Pset_multi_type(asked.get(), H5FD_MEM_SUPER);
        }
        void *handle = nullptr;
        if (H5Fget_vfd_handle(file.get(), asked.get(), &handle) < 0 ||
            H5Fget_filesize(file.get(), &m_size) < 0)
            return;
        if (driver == H5FD_CORE)
            m_memory = *static_cast<const unsigned char *const *>(handle);
        else if (driver == H5FD_SEC2)
            m_descriptor = *static_cast<const int *>(handle);
    }

    std::uint64_t size() const { return m_size; }

    bool read(std::uint64_t address, std::span<unsigned char> to) const
    {
        if (address > m_size || to.size() > m_size - address)
            return false;
        if (m_memory) {
            std::copy_n(m_memory + address, to.size(), to.begin());
            return true;
        }
        while (!to.empty()) {
            const ssize_t count = pread(m_descriptor, to.data(), to.size(), off_t(address));
            if (count <= 0)
                return false;
            to = to.subspan(std::size_t(count));
            address += std::uint64_t(count);
        }
        return true;
    }

private:
    static hid_t driverOfParts(const PropertyList &access)
    {
        std::array<hid_t, H5FD_MEM_NTYPES> parts{};
        if (H5Pget_fapl_multi(access.get(), nullptr, parts.data(), nullptr, nullptr, nullptr) < 0)
            return H5I_INVALID_HID;
        const hid_t driver = H5Pget_driver(parts[H5FD_MEM_SUPER]);
        for (const hid_t part : parts)
            if (part > 0)
                H5Pclose(part);
        return driver;
    }

    hsize_t m_size = 0;
    const unsigned char *m_memory = nullptr;
    int m_descriptor = -1;
};

/// What the file keeps outside its objects: collections of numbered pieces of bytes.
class GlobalHeap
{
public:
    explicit GlobalHeap(const File &file) : m_bytes(file), m_left(m_bytes.size())
    {
        const PropertyList creation(H5Fget_create_plist(file.get()));
        H5Pget_sizes(creation.get(), &m_addressWidth, &m_lengthWidth);
        H5Pget_userblock(creation.get(), &m_base);
    }

    /// Length, address of the collection, number within it.
    std::size_t referenceSize() const { return 4 + m_addressWidth + 4; }

    /// Nothing if the reference or what it refers to is damaged.
    std::optional<std::string> follow(std::span<const unsigned char> reference)
    {
        const std::uint64_t length = unsignedAt(reference, 0, 4);
        const std::uint64_t address = unsignedAt(reference, 4, m_addressWidth);
        const std::uint64_t number = unsignedAt(reference, 4 + m_addressWidth, 4);
        if (length == 0)
            return std::string();
        const Collection *collection = collectionAt(address);
        if (!collection)
            return std::nullopt;
        const auto piece = collection->pieces.find(number);
        if (piece == collection->pieces.end() || piece->second.size() < length)
            return std::nullopt;
        const auto text = piece->second.first(length);
        return std::string(text.begin(), std::ranges::find(text, '\0'));
    }

private:
    struct Collection
    {
        Bytes bytes;
        std::map<std::uint64_t, std::span<const unsigned char>> pieces; ///< by number
    };

    /// Null if it is damaged.
    const Collection *collectionAt(std::uint64_t address)
    {
        const auto [place, isNew] = m_collections.try_emplace(address);
        if (isNew)
            place->second = readCollection(m_base + address);
        return place->second ? &*place->second : nullptr;
    }

    std::optional<Collection> readCollection(std::uint64_t address)
    {
        // Signature, version, three bytes of nothing, the size of all.
        Bytes head(8 + m_lengthWidth);
        constexpr std::array<unsigned char, 5> expected{'G', 'C', 'O', 'L', 1};
        if (!m_bytes.read(address, head) || !std::ranges::equal(expected, std::span(head).first(5)))
            return std::nullopt;
        const std::uint64_t size = unsignedAt(head, 8, m_lengthWidth);
        Collection collection;
        // Collections that overlap would have more bytes than the file.
        if (size < head.size() || size > largestCollection || size > m_left)
            return std::nullopt;
        m_left -= size;
        collection.bytes.resize(size);
        if (!m_bytes.read(address, collection.bytes))
            return std::nullopt;
        // Number, references to it, four bytes of nothing, its size without this header, its bytes.
        const std::size_t header = padded(8 + m_lengthWidth);
        const std::span<const unsigned char> bytes = collection.bytes;
        for (std::uint64_t place = padded(head.size()); place + header <= size;) {
            const std::uint64_t number = unsignedAt(bytes, place, 2);
            const std::uint64_t length = unsignedAt(bytes, place + 8, m_lengthWidth);
            place += header;
            // Number 0 is the space that is left.
            if (number == 0)
                break;
            if (length > size - place)
                return std::nullopt;
            collection.pieces[number] = bytes.subspan(place, length);
            place += padded(length);
        }
        return collection;
    }

    static constexpr std::uint64_t largestCollection = std::uint64_t(64) << 20;

    FileBytes m_bytes;
    std::uint64_t m_left; ///< bytes of the file that no collection has taken
    std::size_t m_addressWidth = 8;
    std::size_t m_lengthWidth = 8;
    hsize_t m_base = 0;
    std::map<std::uint64_t, std::optional<Collection>> m_collections; ///< by address
};

} // namespace

std::optional<std::vector<std::string>> readVariableStrings(const Attribute &attribute, std::size_t count,
                                                            std::size_t bytesLimit)
{
    registerReferences();
    const File file(H5Iget_file_id(attribute.get()));
    if (!file)
        return std::nullopt;
    GlobalHeap heap(file);
    const std::size_t size = heap.referenceSize();
    if (count > bytesLimit / size)
        return std::nullopt;
    Bytes references(count * size);
    if (H5Aread(attribute.get(), referenceType(size).get(), references.data()) < 0)
        return std::nullopt;
    std::vector<std::string> strings;
    std::size_t total = 0;
    for (std::size_t i = 0; i < count; ++i) {
        auto string = heap.follow(std::span(references).subspan(i * size, size));
        if (!string || string->size() > bytesLimit - total)
            return std::nullopt;
        total += string->size();
        strings.push_back(std::move(*string));
    }
    return strings;
}

} // namespace reslens::hdf5
