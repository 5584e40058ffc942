// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImageIOHandler>

namespace reslens {

/// The orientation tag (EXIF 2.3, tag 0x0112) of PNG and WebP data, which Qt's readers of these formats do
/// not look at. TransformationNone for other formats and where there is no tag.
QImageIOHandler::Transformations orientationTag(const QByteArray &data, const QByteArray &format);

} // namespace reslens
