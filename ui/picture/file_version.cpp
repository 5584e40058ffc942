// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/file_version.h"

#include <QFileInfo>

namespace reslens {

FileVersion FileVersion::of(const QString &path)
{
    const QFileInfo file(path);
    return path.isEmpty() || !file.exists() ? FileVersion() : FileVersion{file.size(), file.lastModified()};
}

} // namespace reslens
