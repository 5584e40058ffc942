// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/imaging/preprocess.h"

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
    QString name; ///< what the window calls it: the file's name, "Pasted picture"

    static PictureSource fromFile(const QString &path);
    bool isFile() const { return !path.isEmpty(); }
    bool operator==(const PictureSource &) const = default;
};

/// How a picture is made ready for the network.
struct Preparation
{
    Preprocessing resize;
    bool honourOrientation = true; ///< off: as Keras' load_img, which ignores the orientation tag

    bool operator==(const Preparation &) const = default;
};

/// "stretched, bilinear", "Keras exact".
QString describePreparation(const Preparation &preparation);

/// Nearest, stretched, orientation tag ignored: the numbers of a plain Keras script.
inline constexpr Preparation KerasExact{{ResizeMode::Squash, ResizeFilter::Nearest}, false};

} // namespace reslens
