// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"

#include <filesystem>
#include <functional>
#include <string>

namespace reslens {

/// Writes a file of which nobody ever sees half: `write` is given the path of a new empty file in the same
/// folder and fills it, and only then, once it is on the disk, does it take the target's place, replacing an
/// earlier file of that name (a link's target is replaced, not the link) and taking over its permissions.
/// Whatever fails, the target stays as it was and nothing else is left behind.
///
/// Throws Error(FileUnwritable), naming the target and the reason, if the folder does not exist or cannot be
/// written to, or if the target is there and is no regular file; and whatever `write` throws.
void writeAtomically(const std::filesystem::path &target,
                     const std::function<void(const std::filesystem::path &)> &write);

/// Why a write to the target failed, with the system's reason (errno) where it gave one.
Error writeError(const std::filesystem::path &target);

/// A name for what is written before it takes its place; each call gives another.
std::string partName();

} // namespace reslens
