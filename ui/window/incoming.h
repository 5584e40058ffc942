// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/picture/picture_source.h"

#include <QStringList>
#include <optional>

class QMimeData;

namespace reslens {

/// What a drop or the clipboard brings.
struct Incoming
{
    QStringList pictures;                 ///< files and folders
    QString model;                        ///< an .h5 or .keras file; empty if there is none
    std::optional<PictureSource> picture; ///< raw image data, only where there are no files

    bool isEmpty() const { return pictures.isEmpty() && model.isEmpty() && !picture; }
};

/// A file that Keras saved, by its suffix; all others are taken for pictures.
bool isModelFile(const QString &path);

/// Whether incomingFrom() is worth asking; cheap, for every move of a drag.
bool mayBring(const QMimeData &data);

/// Files (as urls, or as text with a path a line), otherwise image data, which stays encoded where it comes
/// encoded. `name` is what the window calls a picture without a file.
Incoming incomingFrom(const QMimeData &data, const QString &name);

} // namespace reslens
