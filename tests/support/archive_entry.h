// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace reslens::test {

/// Puts other bytes in the place of an archive's entry. Throws std::runtime_error if that fails.
void replaceEntry(const std::filesystem::path &archive, const char *entry, const std::string &bytes);

/// Takes an entry out of an archive, likewise.
void removeEntry(const std::filesystem::path &archive, const char *entry);

} // namespace reslens::test
