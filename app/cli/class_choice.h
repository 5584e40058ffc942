// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model_info.h"

#include <QString>

namespace reslens::cli {

/// The class that a user means: an index, a name ("German shepherd", in any case, with blanks or
/// underscores), or a WordNet id. Throws Error(InvalidArgument) if there is none, and for a name that several
/// classes have.
int chooseClass(const QString &text, const ModelInfo &model);

} // namespace reslens::cli
