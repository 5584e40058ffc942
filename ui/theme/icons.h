// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

namespace reslens {

/// One of the project's monochrome SVG icons (":/icons/NAME.svg"), drawn in the text colour of the
/// application's palette whenever it is painted, at the resolution of the screen.
QIcon themedIcon(const QString &name);

} // namespace reslens
