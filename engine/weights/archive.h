// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

struct zip;

namespace reslens {

/// A zip archive that is read.
class Archive
{
public:
    /// Whether bytes begin as an archive does.
    static bool isArchive(std::span<const std::byte> start);

    /// Throws Error: Damaged, FileUnreadable.
    static Archive open(const std::filesystem::path &file);
    /// The bytes must outlive the archive; `name` is for messages.
    static Archive openMemory(std::span<const std::byte> bytes, const std::string &name);

    bool contains(const char *entry) const;
    /// A whole entry, checked against its checksum. Throws Error(Damaged), also for one of more bytes than
    /// `most`.
    std::vector<std::byte> read(const char *entry, std::uint64_t most = std::uint64_t(4) << 30) const;

private:
    struct Close
    {
        void operator()(zip *archive) const;
    };
    Archive(zip *archive, std::size_t size, const std::string &name)
        : m_zip(archive), m_size(size), m_name(name)
    {
    }

    std::unique_ptr<zip, Close> m_zip;
    std::size_t m_size;
    std::string m_name;
};

} // namespace reslens
