// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>

namespace reslens {

/// Adds files to a folder, all of them or none: `write` is given the path of a new empty folder on the same
/// file system and fills it with files, and only then do they take their places in the target, which is made
/// if it does not exist. Files of the same names are replaced, others stay. Whatever fails before that, the
/// target stays as it was and nothing else is left behind.
///
/// Throws Error(FileUnwritable), naming the target and the reason, if the target is there and cannot be
/// written to or is no folder, or if it is not there and the folder around it does not exist or cannot be
/// written to; and whatever `write` throws, an Error's sentence with the target for the path it was given.
void writeFolderAtomically(const std::filesystem::path &target,
                           const std::function<void(const std::filesystem::path &)> &write);

} // namespace reslens
