// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/archive.h"

#include "engine/error.h"
#include "engine/report.h"

#include <zip.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <system_error>

namespace reslens {

namespace {

/// Deflate packs at most 1032 bytes into one; an entry that claims more is damaged.
constexpr zip_uint64_t packingLimit = 1032;

[[noreturn]] void throwUnopened(zip_error_t &error, const std::string &name)
{
    std::string reason = zip_error_strerror(&error);
    // Its table of contents is an archive's last part.
    if (zip_error_code_zip(&error) == ZIP_ER_NOZIP)
        reason = "it has no table of contents at its end";
    zip_error_fini(&error);
    throw Error(ErrorKind::Damaged, name + " is a damaged archive or cut short (" + reason + ")");
}

zip *openSource(zip_source_t *source, zip_error_t &error, const std::string &name)
{
    zip *archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
    if (!archive) {
        zip_source_free(source);
        throwUnopened(error, name);
    }
    zip_error_fini(&error);
    return archive;
}

} // namespace

void Archive::Close::operator()(zip *archive) const
{
    zip_discard(archive);
}

bool Archive::isArchive(std::span<const std::byte> start)
{
    constexpr std::array signature{std::byte('P'), std::byte('K'), std::byte(3), std::byte(4)};
    return start.size() >= signature.size() && std::ranges::equal(start.first(signature.size()), signature);
}

Archive Archive::open(const std::filesystem::path &file)
{
    const std::string name = file.filename().string();
    std::error_code code;
    const std::uintmax_t size = std::filesystem::file_size(file, code);
    if (code)
        throw Error(ErrorKind::FileUnreadable, name + " cannot be read (" + code.message() + ")");
    zip_error_t error;
    zip_error_init(&error);
    constexpr zip_int64_t toTheEnd = 0;
    return {openSource(zip_source_file_create(file.c_str(), 0, toTheEnd, &error), error, name), size, name};
}

Archive Archive::openMemory(std::span<const std::byte> bytes, const std::string &name)
{
    zip_error_t error;
    zip_error_init(&error);
    constexpr int keepBuffer = 0;
    return {openSource(zip_source_buffer_create(bytes.data(), bytes.size(), keepBuffer, &error), error, name),
            bytes.size(), name};
}

bool Archive::contains(const char *entry) const
{
    return zip_name_locate(m_zip.get(), entry, 0) >= 0;
}

std::vector<std::byte> Archive::read(const char *entry, std::uint64_t most) const
{
    const auto fail = [&](const std::string &reason) {
        throw Error(ErrorKind::Damaged,
                    std::string(entry) + " in " + m_name + " cannot be read (" + reason + ")");
    };
    zip_stat_t status;
    if (zip_stat(m_zip.get(), entry, 0, &status) != 0)
        fail(zip_strerror(m_zip.get()));
    if (status.comp_size > m_size || status.size / packingLimit > status.comp_size)
        fail("it claims " + formatCount(std::int64_t(status.size)) + " bytes");
    if (status.size > most)
        fail("it has " + formatCount(std::int64_t(status.size)) + " bytes, expected " +
             formatCount(std::int64_t(most)) + " at most");
    std::vector<std::byte> bytes(status.size);
    zip_file_t *file = zip_fopen(m_zip.get(), entry, 0);
    if (!file)
        fail(zip_strerror(m_zip.get()));
    const zip_int64_t count = zip_fread(file, bytes.data(), bytes.size());
    // The checksum is compared where the entry ends.
    std::byte beyond{};
    const zip_int64_t rest = zip_fread(file, &beyond, 1);
    const std::string reason = zip_file_strerror(file);
    zip_fclose(file);
    if (count < 0 || rest < 0)
        fail(reason);
    if (std::size_t(count) != bytes.size() || rest > 0)
        fail("it has another size than listed");
    return bytes;
}

} // namespace reslens
