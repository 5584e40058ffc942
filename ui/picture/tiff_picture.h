// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/picture/decoded_picture.h"

#include <QString>

#include <optional>

namespace reslens {

/// Decodes a TIFF of grey, RGB or CMYK samples of 8 or 16 bits by libtiff, sample by sample; nothing for
/// other kinds of TIFF (palettes, bilevel, YCbCr, Lab, 4 bits), which Qt's reader decodes well enough. Of
/// extra samples, the first is transparency if the file says that it is.
///
/// Throws Error: Unsupported for samples that are no colours from black to white (signed or fractional
/// numbers, 32 bits); Damaged where libtiff cannot go on.
std::optional<DecodedPicture> readTiff(const QByteArray &data, const QString &name);

/// Silences libtiff for the whole process; Qt's reader of TIFF uses the same library.
void silenceLibtiff();

} // namespace reslens
