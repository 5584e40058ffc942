// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImageIOHandler>

namespace reslens {

/// The orientation tag (EXIF 2.3, tag 0x0112) of JPEG, PNG and WebP data. Qt's readers look into some of
/// these formats only, and for the tag in its usual type and place only. 1, upright, for other formats and
/// where there is no tag.
quint32 orientationTag(const QByteArray &data, const QByteArray &format);

/// What turns the stored picture upright; nothing does for numbers that have no meaning.
QImageIOHandler::Transformations meaningOf(quint32 orientation);

} // namespace reslens
