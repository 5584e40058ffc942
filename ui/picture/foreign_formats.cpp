// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/foreign_formats.h"

#include "ui/picture/bytes.h"
#include "ui/picture/inflate.h"
#include "ui/picture/refusal.h"

#include <QXmlStreamReader>

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

namespace reslens {
namespace {

struct Signature
{
    qsizetype offset;
    QByteArray bytes;
    const char *format;
};

const std::vector<Signature> &signatures()
{
    static const std::vector<Signature> all{
        {4, "ftyphei", "HEIC"},
        {4, "ftyphev", "HEIC"},
        {4, "ftypmif1", "HEIF"},
        {4, "ftypmsf1", "HEIF"},
        {4, "ftypavi", "AVIF"},
        {4, "ftypcrx", "CR3"},
        {4, "JXL \r\n", "JPEG XL"},
        {0, "\xFF\x0A", "JPEG XL"},
        {4, "jP  \r\n", "JPEG 2000"},
        {0, "\xFF\x4F\xFF\x51", "JPEG 2000"},
        {0, "8BPS", "PSD"},
        {0, QByteArray("\0\0\1\0", 4), "ICO"},
        {0, "icns", "ICNS"},
        {0, "DDS ", "DDS"},
        {0, "\x76\x2F\x31\x01", "OpenEXR"},
        {0, "#?RADIANCE", "Radiance HDR"},
        {0, "qoif", "QOI"},
        {0, "\x8AMNG", "MNG"},
        {0, QByteArray("II\xBC\1", 4), "JPEG XR"},
        {0, "%PDF", "PDF"},
    };
    return all;
}

/// TGA has no signature at its beginning, but most writers put one at the end.
bool isTga(const QByteArray &data)
{
    return data.last(std::min<qsizetype>(data.size(), 26)).contains("TRUEVISION-XFILE");
}

} // namespace

QString foreignFormat(const QByteArray &data)
{
    for (const Signature &signature : signatures())
        if (QByteArrayView(data).sliced(std::min(signature.offset, data.size())).startsWith(signature.bytes))
            return QString::fromLatin1(signature.format);
    return isTga(data) ? QStringLiteral("TGA") : QString();
}

QString unsupportedBmp(const QByteArray &data)
{
    constexpr std::array<quint32, 5> known{12, 40, 64, 108, 124};
    constexpr quint32 bitFields = 3;
    const Bytes bytes(data);
    const auto headerSize = bytes.little<quint32>(14);
    if (std::find(known.begin(), known.end(), headerSize) == known.end())
        return QStringLiteral("has a BMP header of %1 bytes; expected 12, 40, 64, 108 or 124")
            .arg(headerSize);
    if (headerSize < 40 || headerSize == 64 || bytes.little<quint32>(30) != bitFields)
        return {};
    for (const qint64 offset : {54, 58, 62})
        if (const int bits = std::popcount(bytes.little<quint32>(offset)); bits > 8)
            return QStringLiteral("has %1 bits for a colour in its BMP header; expected at most 8").arg(bits);
    return {};
}

QString unsupportedSvg(const QByteArray &data)
{
    constexpr qsizetype limit = 64 << 20;
    const bool isCompressed = data.startsWith("\x1F\x8B");
    const std::optional<QByteArray> text = isCompressed ? inflated(data, limit) : data;
    if (!text)
        return {};
    if (isCompressed && text->size() > limit)
        return QStringLiteral("is a drawing that has more than %1 bytes unpacked, which is the limit")
            .arg(grouped(limit));
    QXmlStreamReader xml(*text);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement || xml.name() != QLatin1String("image"))
            continue;
        for (const QXmlStreamAttribute &attribute : xml.attributes())
            if (attribute.name() == QLatin1String("href") &&
                !attribute.value().startsWith(QLatin1String("data:")))
                return QStringLiteral(
                           "is a drawing that refers to another file, \"%1\", which is not loaded; "
                           "expected all pictures in the drawing itself")
                    .arg(attribute.value().left(200));
    }
    return {};
}

} // namespace reslens
