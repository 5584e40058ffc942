// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace reslens {

/// What tells one content of a file from the next without reading it: a training script writes its
/// checkpoints over each other, and numbers from the old one must not be explained from the new one.
struct FileVersion
{
    qint64 bytes = -1;
    QDateTime changed;

    /// Of no file at all for an empty path, and for one where there is no file.
    static FileVersion of(const QString &path);
    bool operator==(const FileVersion &) const = default;
};

} // namespace reslens
