// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model_info.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace reslens {

/// Reads the names of a model's classes: a text file with one name a line, or a file called *.json with a
/// list of names, {"0": name, …}, {name: 0, …} (as Keras' `class_indices`), where a name may also be a pair
/// ["n01440764", "tench"] (as Keras' `imagenet_class_index.json`). UTF-8. Throws Error: FileMissing,
/// FileUnreadable, Damaged, WrongShape unless it names exactly `classes` classes.
std::vector<ClassLabel> readClassNames(const std::filesystem::path &file, int classes);

/// The names in a file beside a model: MODEL.classes.txt, MODEL.classes.json (MODEL being the model's file
/// name, with or without its extensions), class_names.txt or class_names.json, the first that there is. The
/// last two may belong to another model, or be something else: they count only if they can be read and name
/// as many classes. Nothing if there is none. Throws Error as readClassNames() does.
std::optional<std::vector<ClassLabel>> classNamesBeside(const std::filesystem::path &model, int classes);

/// Names a model's classes from the file that was chosen; if none was (an empty path), from one beside the
/// model, unless its own file names them. Throws Error as readClassNames() does.
void nameClassesFromFiles(ModelInfo &info, const std::filesystem::path &chosen);

} // namespace reslens
