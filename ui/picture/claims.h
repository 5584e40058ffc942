// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSize>

namespace reslens {

/// The size that the header of a PNG, GIF, PBM, PGM or PPM claims, however wild: Qt's readers call such files
/// damaged, and libpng prints what it dislikes about them. No valid size for other formats, and where the
/// header is not all there.
QSize claimedSize(const QByteArray &data, const QByteArray &format);

} // namespace reslens
