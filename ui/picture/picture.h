// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/imaging/image.h"

#include <QByteArray>
#include <QImage>
#include <QString>

#include <memory>

namespace reslens {

/// A picture as people and the network see it: upright, sRGB, opaque. Cheap to copy, safe to hand to another
/// thread.
struct Picture
{
    /// The pixels for the network: 8-bit RGB in the picture's own size, never empty.
    std::shared_ptr<const Image> pixels;
    /// The same pixels for the screen (they share their memory), QImage::Format_RGB888.
    QImage image;
    /// The file as it was named to readPicture(), or the name given for a picture without a file.
    QString name;
    /// "JPEG", "PNG", …; empty for a picture that did not come from encoded data.
    QString format;

    int width() const { return pixels->width; }
    int height() const { return pixels->height; }
};

struct ReadOptions
{
    /// Turn and mirror the picture as its orientation tag says. Off, the pixels are taken as they are stored,
    /// as Keras' load_img takes them: colour profiles and transparency are ignored too.
    bool applyOrientation = true;
    /// If above 0, a JPEG may come smaller (by 2, 4 or 8), but its longer side no shorter than this: for
    /// thumbnails, which need not wait for all pixels.
    int side = 0;
};

/// The most pixels that a picture may have: 256 megapixels.
inline constexpr qint64 maxPicturePixels = 256'000'000;
/// The longest side that a picture may have.
inline constexpr int maxPictureSide = 1'000'000;
/// The largest picture file, 1 GiB.
inline constexpr qint64 maxPictureBytes = qint64(1) << 30;

/// Reads a picture file of any format that Qt has a plugin for; the content decides which, not the suffix.
/// Colours are converted to sRGB when a profile is attached, CMYK too; transparent parts are laid over white,
/// of an animation the first frame is taken, and an SVG drawing is rendered with a longer side of 1024 to
/// 4096 pixels (its text needs a QGuiApplication). Reentrant: any thread may call it. Nothing is printed.
///
/// Throws Error: FileMissing, FileUnreadable (no permission, or not a regular file), NotAnImage (a folder, or
/// content of no known picture format), Damaged (empty, cut short, or not decodable), Unsupported (more
/// pixels or bytes than the limits above, or a kind of picture that no decoder here reads). The sentence
/// names the file.
Picture readPicture(const QString &file, const ReadOptions &options = {});

/// The same for a picture file's bytes; `name` is used in messages.
Picture readPicture(const QByteArray &data, const QString &name, const ReadOptions &options = {});

/// A picture from pixels that are already there, such as a pasted screenshot. Throws Error(NotAnImage) for a
/// null image and Error(Unsupported) as readPicture().
Picture pictureFromImage(const QImage &image, const QString &name);

} // namespace reslens
