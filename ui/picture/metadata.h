// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace reslens {

/// What a picture file carries beside its pixels, found without decoding them; empty where there is nothing.
/// `format` is Qt's name ("png").

/// The ICC profile of a PNG, WebP or TIFF; readJpeg() gives that of a JPEG.
QByteArray embeddedProfile(const QByteArray &data, const QByteArray &format);

/// The EXIF block of a JPEG, PNG or WebP, from its byte order mark on.
QByteArray embeddedExif(const QByteArray &data, const QByteArray &format);

} // namespace reslens
