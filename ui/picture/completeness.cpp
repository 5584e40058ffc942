// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/completeness.h"

#include <QtEndian>

#include <cstring>

namespace reslens {
namespace {

/// Little-endian or big-endian numbers at an offset; beyond the end everything reads as zero.
class Bytes
{
public:
    explicit Bytes(const QByteArray &data) : m_data(data) {}

    qint64 size() const { return m_data.size(); }
    bool has(qint64 offset, qint64 count) const { return offset >= 0 && count <= size() - offset; }
    quint8 byte(qint64 offset) const { return has(offset, 1) ? quint8(m_data[offset]) : quint8(0); }

    template <typename Number>
    Number little(qint64 offset) const
    {
        return has(offset, sizeof(Number)) ? qFromLittleEndian<Number>(m_data.constData() + offset)
                                           : Number(0);
    }
    template <typename Number>
    Number big(qint64 offset) const
    {
        return has(offset, sizeof(Number)) ? qFromBigEndian<Number>(m_data.constData() + offset) : Number(0);
    }

    qint64 find(quint8 value, qint64 from) const
    {
        if (!has(from, 1))
            return -1;
        const void *found = std::memchr(m_data.constData() + from, value, std::size_t(size() - from));
        return found ? static_cast<const char *>(found) - m_data.constData() : -1;
    }

private:
    const QByteArray &m_data;
};

bool jpegCutShort(const Bytes &bytes)
{
    qint64 position = 2;
    while ((position = bytes.find(0xFF, position)) >= 0) {
        if (!bytes.has(position, 2))
            return true;
        const quint8 marker = bytes.byte(position + 1);
        const bool fill = marker == 0xFF;
        const bool withoutLength = marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD8);
        if (marker == 0xD9)
            return false;
        if (fill)
            position += 1;
        else if (withoutLength)
            position += 2;
        else
            position += 2 + qMax(2, int(bytes.big<quint16>(position + 2)));
    }
    return true;
}

bool pngCutShort(const Bytes &bytes)
{
    constexpr quint32 imageEnd = 0x49454E44; // "IEND"
    qint64 position = 8;
    while (bytes.has(position, 12)) {
        const qint64 next = position + 12 + bytes.big<quint32>(position);
        if (bytes.big<quint32>(position + 4) == imageEnd)
            return next > bytes.size();
        position = next;
    }
    return true;
}

qint64 colourTableSize(quint8 flags)
{
    return flags & 0x80 ? qint64(3) << ((flags & 7) + 1) : 0;
}

/// The position after a chain of GIF sub-blocks, or -1 if it has no end.
qint64 skipSubBlocks(const Bytes &bytes, qint64 position)
{
    while (bytes.has(position, 1)) {
        const quint8 length = bytes.byte(position);
        position += 1 + length;
        if (length == 0)
            return position;
    }
    return -1;
}

bool gifCutShort(const Bytes &bytes)
{
    qint64 position = 13 + colourTableSize(bytes.byte(10));
    while (position >= 0 && bytes.has(position, 1)) {
        switch (bytes.byte(position)) {
        case 0x21:
            position = skipSubBlocks(bytes, position + 2);
            break;
        case 0x2C:
            return skipSubBlocks(bytes, position + 11 + colourTableSize(bytes.byte(position + 9))) < 0;
        default:
            return false;
        }
    }
    return true;
}

bool webpCutShort(const Bytes &bytes)
{
    return bytes.size() < 8 + qint64(bytes.little<quint32>(4));
}

bool bmpCutShort(const Bytes &bytes)
{
    const qint64 pixelOffset = bytes.little<quint32>(10);
    const bool isOldHeader = bytes.little<quint32>(14) == 12;
    const qint64 width = isOldHeader ? bytes.little<quint16>(18) : bytes.little<qint32>(18);
    const qint64 height = isOldHeader ? bytes.little<qint16>(20) : bytes.little<qint32>(22);
    const qint64 bitsPerPixel = bytes.little<quint16>(isOldHeader ? 24 : 28);
    const quint32 compression = isOldHeader ? 0 : bytes.little<quint32>(30);
    const bool isRunLength = compression == 1 || compression == 2;
    const qint64 pixelBytes =
        isRunLength ? qint64(bytes.little<quint32>(34)) : (width * bitsPerPixel + 31) / 32 * 4 * qAbs(height);
    return !bytes.has(0, isOldHeader ? 26 : 54) || !bytes.has(pixelOffset, pixelBytes);
}

} // namespace

bool isCutShort(const QByteArray &data, const QByteArray &format)
{
    const Bytes bytes(data);
    if (format == "jpeg")
        return jpegCutShort(bytes);
    if (format == "png")
        return pngCutShort(bytes);
    if (format == "gif")
        return gifCutShort(bytes);
    if (format == "webp")
        return webpCutShort(bytes);
    if (format == "bmp")
        return bmpCutShort(bytes);
    return false;
}

} // namespace reslens
