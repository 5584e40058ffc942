// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/picture/bytes.h"

#include <vector>

namespace reslens {

/// The first image file directory of TIFF data: of a TIFF file, or of an EXIF block, which has the same
/// layout (TIFF 6.0, 1992, section 2). BigTIFF, whose offsets have 64 bits, counts as having no directory.
class TiffDirectory
{
public:
    /// The data begins with the byte order mark, and must outlive the directory.
    explicit TiffDirectory(const QByteArray &data);

    /// Whether this is a TIFF header at all.
    bool isTiff() const { return m_isTiff; }
    /// Whether the directory lies within the data.
    bool isComplete() const { return m_isComplete; }
    /// The values of a tag of 16-bit or 32-bit numbers; none if it is absent, of another type, or beyond the
    /// data.
    std::vector<quint32> values(quint16 tag) const;
    /// The first of them, or what the standard says where the tag is absent.
    quint32 value(quint16 tag, quint32 otherwise) const;
    /// The content of a tag of bytes without a type; empty as values().
    QByteArray bytes(quint16 tag) const;

private:
    /// Where the tag's entry stands, or -1.
    qint64 entryOf(quint16 tag) const;
    quint16 number16(qint64 offset) const;
    quint32 number32(qint64 offset) const;

    const QByteArray &m_data;
    Bytes m_bytes;
    qint64 m_directory = 0;
    int m_count = 0;
    bool m_isLittle = false;
    bool m_isTiff = false;
    bool m_isComplete = false;
};

} // namespace reslens
