// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>

namespace reslens {

/// What the numbers of a pixel stand for in the file.
enum class ColourModel
{
    Grey,
    Rgb,
    Cmyk
};

/// A picture as it is stored: neither turned, nor in sRGB, nor laid over white.
struct DecodedPicture
{
    /// Of ColourModel::Cmyk: Format_RGBA8888 whose four bytes are cyan, magenta, yellow and black, 255 being
    /// the most ink.
    QImage image;
    ColourModel model = ColourModel::Rgb;
    QByteArray profile = {}; ///< the ICC profile of the file, or empty
    /// The orientation tag where the decoder has found it, 1 if it has followed it; 0 for the tag in the
    /// EXIF.
    quint32 orientation = 0;
};

} // namespace reslens
