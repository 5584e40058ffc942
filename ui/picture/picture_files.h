// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace reslens {

/// Suffixes of the picture formats that readPicture() takes, lower case, without a dot, sorted: those of the
/// formats for photos and drawings that Qt has a plugin for.
QStringList pictureSuffixes();

/// Replaces each folder by the picture files in it, recognized by their suffix: those directly in it, without
/// hidden ones, in natural order ("2.png" before "10.png"). Other paths stay as they are, existing or not, so
/// that readPicture() can say what is wrong with them. Throws Error(NotAnImage) for a folder without pictures
/// and Error(FileUnreadable) for one that cannot be listed.
QStringList picturesIn(const QStringList &paths);

/// How many entries of a folder Qt does not see, since their names are not UTF-8; 0 for what is no folder.
int namesThatAreNoText(const QString &folder);

} // namespace reslens
