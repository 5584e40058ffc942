// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/orientation.h"

#include "ui/picture/metadata.h"
#include "ui/picture/tiff_directory.h"

#include <array>

namespace reslens {

quint32 orientationTag(const QByteArray &data, const QByteArray &format)
{
    const QByteArray exif = embeddedExif(data, format);
    return TiffDirectory(exif).value(0x0112, 1);
}

QImageIOHandler::Transformations meaningOf(quint32 orientation)
{
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
    const bool isKnown = orientation >= 1 && orientation <= meanings.size();
    return isKnown ? meanings[orientation - 1] : QImageIOHandler::TransformationNone;
}

} // namespace reslens
