// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/integrity.h"

#include "ui/picture/bytes.h"
#include "ui/picture/tiff_directory.h"

#include <algorithm>

#include <zlib.h>

namespace reslens {
namespace {

bool jpegCutShort(const Bytes &bytes)
{
    qint64 position = 2;
    while ((position = bytes.find(0xFF, position)) >= 0) {
        if (!bytes.has(position, 2))
            return true;
        const quint8 marker = bytes.byte(position + 1);
        const bool fill = marker == 0xFF;
        const bool withoutLength = marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD8);
        // JPEG-LS fills its data in another way; the decoder will say that it does not know it.
        if (marker == 0xD9 || marker == 0xF7)
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

/// Whether decoders may do without the PNG chunk: its name is made of letters, and the first is in lower
/// case.
bool isAncillary(const char *name)
{
    const auto isLower = [](char letter) { return letter >= 'a' && letter <= 'z'; };
    const auto isLetter = [&](char letter) { return isLower(letter) || (letter >= 'A' && letter <= 'Z'); };
    return isLower(name[0]) && std::all_of(name, name + 4, isLetter);
}

Integrity pngIntegrity(const Bytes &bytes)
{
    constexpr quint32 imageEnd = 0x49454E44; // "IEND"
    qint64 position = 8;
    while (bytes.has(position, 12)) {
        const qint64 length = bytes.big<quint32>(position);
        if (!bytes.has(position, 12 + length))
            return Integrity::CutShort;
        const char *checked = bytes.at(position + 4);
        if (!isAncillary(checked) &&
            crc32_z(0, reinterpret_cast<const Bytef *>(checked), std::size_t(length) + 4) !=
                bytes.big<quint32>(position + 8 + length))
            return Integrity::WrongChecksum;
        if (bytes.big<quint32>(position + 4) == imageEnd)
            return Integrity::Whole;
        position += 12 + length;
    }
    return Integrity::CutShort;
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

/// Zeros in the place of the pixels' end look like an empty sub-block, but nothing begins with one.
bool beginsBlock(quint8 introducer)
{
    return introducer == 0x21 || introducer == 0x2C || introducer == 0x3B;
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
            position = skipSubBlocks(bytes, position + 11 + colourTableSize(bytes.byte(position + 9)));
            return position < 0 || (bytes.has(position, 1) && !beginsBlock(bytes.byte(position)));
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
    const qint64 rowBytes = (width * bitsPerPixel + 31) / 32 * 4;
    if (!bytes.has(0, isOldHeader ? 26 : 54) || (!isRunLength && !bytes.has(pixelOffset, rowBytes)))
        return true;
    return !bytes.has(pixelOffset, isRunLength ? qint64(bytes.little<quint32>(34)) : rowBytes * qAbs(height));
}

bool tiffCutShort(const QByteArray &data)
{
    struct Part
    {
        quint16 offsets;
        quint16 sizes;
    };
    constexpr Part strips{273, 279};
    constexpr Part tiles{324, 325};

    const TiffDirectory directory(data);
    if (!directory.isTiff())
        return false;
    for (const Part &part : {strips, tiles}) {
        const std::vector<quint32> offsets = directory.values(part.offsets);
        const std::vector<quint32> sizes = directory.values(part.sizes);
        for (std::size_t i = 0; i < offsets.size() && i < sizes.size(); ++i)
            if (!Bytes(data).has(offsets[i], sizes[i]))
                return true;
    }
    return !directory.isComplete();
}

bool cutShort(const QByteArray &data, const QByteArray &format)
{
    const Bytes bytes(data);
    if (format == "jpeg")
        return jpegCutShort(bytes);
    if (format == "gif")
        return gifCutShort(bytes);
    if (format == "webp")
        return webpCutShort(bytes);
    if (format == "bmp")
        return bmpCutShort(bytes);
    return format == "tiff" && tiffCutShort(data);
}

} // namespace

Integrity checkIntegrity(const QByteArray &data, const QByteArray &format)
{
    if (format == "png")
        return pngIntegrity(Bytes(data));
    return cutShort(data, format) ? Integrity::CutShort : Integrity::Whole;
}

} // namespace reslens
