// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace reslens {

// Which file with the names of its classes was chosen for a model, kept in the settings: whoever named the
// classes of a model once finds them named the next time.

/// The file for the model at this path; empty if none was chosen or it is gone.
QString rememberedClassNames(const QString &modelPath);

/// An empty `names` forgets what was chosen.
void rememberClassNames(const QString &modelPath, const QString &names);

} // namespace reslens
