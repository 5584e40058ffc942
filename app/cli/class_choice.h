// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_line.h"
#include "engine/model_info.h"

#include <QString>

#include <optional>

namespace reslens::cli {

/// The class that a user means: an index, a name ("German shepherd", in any case, with blanks or
/// underscores), or a WordNet id. Throws Error(InvalidArgument) if there is none, and for a name that several
/// classes have.
int chooseClass(const QString &text, const ModelInfo &model);

/// The class that --versus names, if it is given. Throws as chooseClass(), and if it is the explained class
/// itself.
std::optional<int> chooseVersus(const CommandLine &line, const ModelInfo &model, int explained);

} // namespace reslens::cli
