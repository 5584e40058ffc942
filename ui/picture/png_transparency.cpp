// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/png_transparency.h"

#include "ui/picture/bytes.h"

#include <QRgba64>

namespace reslens {

PngTransparency PngTransparency::takenFrom(const QByteArray &png, bool all)
{
    constexpr quint8 grey = 0;
    constexpr quint8 rgb = 2;
    const Bytes bytes(png);
    const quint8 depth = bytes.byte(24);
    const quint8 kind = bytes.byte(25);
    const bool isDeepRgb = kind == rgb && depth == 16;
    if (!isDeepRgb && !(all && (kind == grey || kind == rgb)))
        return {{}, png};
    for (qint64 position = 8; bytes.has(position, 12);) {
        const qint64 length = bytes.big<quint32>(position);
        if (std::memcmp(bytes.at(position + 4), "tRNS", 4) == 0)
            return {png.mid(position + 8, length), png.left(position) + png.mid(position + 12 + length)};
        position += 12 + length;
    }
    return {{}, png};
}

QImage PngTransparency::appliedTo(QImage image) const
{
    const Bytes bytes(colour);
    if (bytes.size() != 6)
        return image;
    const QRgba64 transparent =
        qRgba64(bytes.big<quint16>(0), bytes.big<quint16>(2), bytes.big<quint16>(4), 0xFFFF);
    image.convertTo(QImage::Format_RGBA64);
    for (int y = 0; y < image.height(); ++y) {
        auto *line = reinterpret_cast<QRgba64 *>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x)
            if (line[x] == transparent)
                line[x].setAlpha(0);
    }
    return image;
}

} // namespace reslens
