// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/archive_entry.h"

#include <zip.h>

#include <functional>
#include <stdexcept>

namespace reslens::test {

namespace {

void change(const std::filesystem::path &path, const char *entry,
            const std::function<bool(zip_t *, zip_uint64_t)> &apply)
{
    zip_t *archive = zip_open(path.c_str(), 0, nullptr);
    const zip_int64_t index = archive ? zip_name_locate(archive, entry, 0) : -1;
    if (index < 0 || !apply(archive, zip_uint64_t(index)) || zip_close(archive) != 0)
        throw std::runtime_error(path.string() + ": " + entry + " cannot be changed");
}

} // namespace

void replaceEntry(const std::filesystem::path &path, const char *entry, const std::string &bytes)
{
    change(path, entry, [&](zip_t *archive, zip_uint64_t index) {
        zip_source_t *source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
        return zip_file_replace(archive, index, source, 0) == 0;
    });
}

void removeEntry(const std::filesystem::path &path, const char *entry)
{
    change(path, entry, [](zip_t *archive, zip_uint64_t index) { return zip_delete(archive, index) == 0; });
}

} // namespace reslens::test
