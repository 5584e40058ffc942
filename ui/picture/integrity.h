// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace reslens {

enum class Integrity
{
    Whole,
    CutShort,     ///< the data ends before the picture does
    WrongChecksum ///< a part that is needed does not match its checksum
};

/// Whether encoded picture data is all there. Decoders fill what is missing with grey without a word, so the
/// structure is walked instead: markers of a JPEG, chunks of a PNG (with their checksums), blocks of a GIF up
/// to the end of its first frame, and the sizes that WebP, BMP and TIFF announce. Bytes after the end are
/// fine (phones append films there). `format` is Qt's name ("jpeg"); data of other formats, or too odd to be
/// walked, counts as whole and is left to its decoder.
Integrity checkIntegrity(const QByteArray &data, const QByteArray &format);

} // namespace reslens
