// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/metadata.h"

#include "ui/picture/bytes.h"
#include "ui/picture/inflate.h"
#include "ui/picture/tiff_directory.h"

namespace reslens {
namespace {

constexpr qsizetype largestBlock = 16 << 20;

QByteArray pngChunk(const QByteArray &data, const char *name)
{
    const Bytes bytes(data);
    for (qint64 position = 8; bytes.has(position, 12); position += 12 + qint64(bytes.big<quint32>(position)))
        if (std::memcmp(bytes.at(position + 4), name, 4) == 0)
            return data.mid(position + 8, bytes.big<quint32>(position));
    return {};
}

QByteArray webpChunk(const QByteArray &data, const char *name)
{
    const Bytes bytes(data);
    for (qint64 position = 12; bytes.has(position, 8);) {
        const qint64 size = bytes.little<quint32>(position + 4);
        if (std::memcmp(bytes.at(position), name, 4) == 0)
            return data.mid(position + 8, size);
        position += 8 + size + size % 2;
    }
    return {};
}

/// A JPEG may have several such segments: XMP stands in one of the same number.
QByteArray jpegExif(const QByteArray &data)
{
    const Bytes bytes(data);
    constexpr quint8 application1 = 0xE1;
    constexpr quint8 startOfScan = 0xDA;
    for (qint64 position = 2; bytes.byte(position) == 0xFF && bytes.has(position, 4);) {
        const quint8 marker = bytes.byte(position + 1);
        const qint64 length = bytes.big<quint16>(position + 2);
        const QByteArray content = data.mid(position + 4, length - 2);
        if (marker == startOfScan)
            break;
        if (marker == application1 && content.startsWith("Exif"))
            return content;
        position += marker == 0xFF ? 1 : 2 + length; // fill bytes may stand before a marker
    }
    return {};
}

/// Name, a zero, the method (there is only one), then compressed.
QByteArray pngProfile(const QByteArray &data)
{
    const QByteArray chunk = pngChunk(data, "iCCP");
    const qsizetype end = chunk.indexOf('\0');
    return end < 0 ? QByteArray() : inflated(chunk.mid(end + 2), largestBlock).value_or(QByteArray());
}

/// EXIF as ImageMagick kept it in PNG before there was a chunk for it: compressed text of an empty line, a
/// name, a length and hexadecimal digits.
QByteArray pngRawExif(const QByteArray &data)
{
    const QByteArray name("Raw profile type exif\0\0", 23);
    const QByteArray chunk = pngChunk(data, "zTXt");
    if (!chunk.startsWith(name))
        return {};
    const QByteArray text = inflated(chunk.mid(name.size()), largestBlock).value_or(QByteArray());
    return QByteArray::fromHex(text.mid(text.indexOf('\n', text.indexOf("exif") + 5)));
}

} // namespace

QByteArray embeddedProfile(const QByteArray &data, const QByteArray &format)
{
    constexpr quint16 profileTag = 34675;
    if (format == "png")
        return pngProfile(data);
    if (format == "webp")
        return webpChunk(data, "ICCP");
    return format == "tiff" ? TiffDirectory(data).bytes(profileTag) : QByteArray();
}

QByteArray embeddedExif(const QByteArray &data, const QByteArray &format)
{
    QByteArray block = format == "jpeg"   ? jpegExif(data)
                       : format == "png"  ? pngChunk(data, "eXIf")
                       : format == "webp" ? webpChunk(data, "EXIF")
                                          : QByteArray();
    if (format == "png" && block.isEmpty())
        block = pngRawExif(data);
    // The prefix belongs into a JPEG only, but some writers keep it elsewhere.
    const QByteArray prefix("Exif\0\0", 6);
    return block.startsWith(prefix) ? block.mid(prefix.size()) : block;
}

} // namespace reslens
