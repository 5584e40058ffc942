// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/orientation.h"

#include "ui/picture/tiff_directory.h"

#include <array>

namespace reslens {
namespace {

/// Where the EXIF block's contents start, or -1.
qint64 exifInPng(const Bytes &bytes)
{
    for (qint64 position = 8; bytes.has(position, 12); position += 12 + qint64(bytes.big<quint32>(position)))
        if (std::memcmp(bytes.at(position + 4), "eXIf", 4) == 0)
            return position + 8;
    return -1;
}

qint64 exifInWebp(const Bytes &bytes)
{
    qint64 position = 12;
    while (bytes.has(position, 8)) {
        const qint64 size = bytes.little<quint32>(position + 4);
        if (std::memcmp(bytes.at(position), "EXIF", 4) == 0) {
            // Some writers keep the prefix that the block has in a JPEG.
            const bool hasPrefix =
                bytes.has(position + 8, 6) && std::memcmp(bytes.at(position + 8), "Exif\0", 6) == 0;
            return position + 8 + (hasPrefix ? 6 : 0);
        }
        position += 8 + size + size % 2;
    }
    return -1;
}

} // namespace

QImageIOHandler::Transformations orientationTag(const QByteArray &data, const QByteArray &format)
{
    const Bytes bytes(data);
    const qint64 start = format == "png" ? exifInPng(bytes) : format == "webp" ? exifInWebp(bytes) : -1;
    if (start < 0)
        return QImageIOHandler::TransformationNone;

    constexpr std::array meanings{
        QImageIOHandler::TransformationNone,
        QImageIOHandler::TransformationMirror,
        QImageIOHandler::TransformationRotate180,
        QImageIOHandler::TransformationFlip,
        QImageIOHandler::TransformationFlipAndRotate90,
        QImageIOHandler::TransformationRotate90,
        QImageIOHandler::TransformationMirrorAndRotate90,
        QImageIOHandler::TransformationRotate270,
    };
    const std::vector<quint32> values = TiffDirectory(data, start).values(0x0112);
    const bool isKnown = !values.empty() && values.front() >= 1 && values.front() <= meanings.size();
    return isKnown ? meanings[values.front() - 1] : QImageIOHandler::TransformationNone;
}

} // namespace reslens
