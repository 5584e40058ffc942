// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/picture/file_version.h"

#include <QByteArray>
#include <QImage>
#include <QString>

namespace reslens {

/// Where a picture comes from: a file, or data that was dropped or pasted. Exactly one of path, bytes and
/// image is set.
struct PictureSource
{
    QString path;
    QByteArray bytes; ///< a picture file's content
    QImage image;
    QString name;          ///< what the window calls it: the file's name, "Pasted picture"
    FileVersion read = {}; ///< of the file, once it has been read

    static PictureSource fromFile(const QString &path);
    bool isFile() const { return !path.isEmpty(); }
    /// Whichever version of a file was read.
    bool operator==(const PictureSource &other) const
    {
        return path == other.path && bytes == other.bytes && image == other.image && name == other.name;
    }
};

} // namespace reslens
