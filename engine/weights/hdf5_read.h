// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/weights/hdf5_handle.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace reslens::hdf5 {

/// Opens a file for reading. From then on no file leads into another: external links are not followed. Throws
/// Error: FileMissing, FileUnreadable, NotAModel (not HDF5), Damaged.
File openFile(const std::filesystem::path &path);

/// The same from a file's bytes, which are not copied and must outlive the handle and everything opened
/// through it.
File openMemory(std::span<const std::byte> bytes, const std::string &name);

/// An attribute that holds strings of fixed or variable length, or the parts NAME0, NAME1, … into which Keras
/// splits one that does not fit an object header (64 KiB). Nothing if there is neither. Throws Error(Damaged)
/// for other contents; `where` names the object in the message.
std::optional<std::vector<std::string>> readStrings(hid_t object, const std::string &name,
                                                    const std::string &where);

/// An attribute that holds one integer. Nothing if there is none. Throws Error(Damaged) for other contents.
std::optional<int> readInteger(hid_t object, const std::string &name, const std::string &where);

/// Names of what a group holds, in alphabetical order. Throws Error(Damaged); `where` names the group in the
/// message.
std::vector<std::string> linkNames(const Group &group, const std::string &where);

/// Whether a group holds something of this name. Throws Error(Damaged), which damage would otherwise look
/// like absence.
bool hasLink(hid_t group, const std::string &name, const std::string &where);

/// Throws Error(Unsupported) if the values lie in another file than the dataset.
void requireOwnValues(const Dataset &dataset, const std::string &where);

/// Extents of a dataset; empty for a single value.
std::vector<hsize_t> dimensions(const Dataset &dataset);

} // namespace reslens::hdf5
