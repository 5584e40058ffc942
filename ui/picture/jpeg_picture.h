// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/picture/decoded_picture.h"

#include <QString>

namespace reslens {

/// Decodes a JPEG by libjpeg itself: Qt's reader hides that data is missing or makes no sense, and turns CMYK
/// into RGB before its profile can be looked at. Throws Error: Damaged at the first such place, Unsupported
/// for the kinds of JPEG that libjpeg does not know (12 bits, lossless, …) and for too many pixels.
///
/// `side`: if above 0, the picture may come smaller (by 2, 4 or 8), but its longer side no shorter than that.
DecodedPicture readJpeg(const QByteArray &data, const QString &name, int side = 0);

} // namespace reslens
