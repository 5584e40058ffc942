// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBuffer>
#include <QImage>
#include <QImageWriter>
#include <QtEndian>

namespace reslens {

/// Four quarters: red, green / blue, white.
inline QImage makeQuarters(int width = 32, int height = 24)
{
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.setPixel(x, y,
                           y < height / 2 ? (x < width / 2 ? qRgb(255, 0, 0) : qRgb(0, 255, 0))
                                          : (x < width / 2 ? qRgb(0, 0, 255) : qRgb(255, 255, 255)));
    return image;
}

/// Every pixel differs from its neighbours, so that a decoder has something to lose.
inline QImage makeTexture(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.setPixel(x, y, qRgb((x * 37 + y * 11) % 256, (x * y) % 256, (x * 5 + y * 91) % 256));
    return image;
}

inline QByteArray encode(const QImage &image, const char *format, int quality = -1, bool progressive = false)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format);
    writer.setQuality(quality);
    writer.setProgressiveScanWrite(progressive);
    return writer.write(image) ? buffer.data() : QByteArray();
}

template <typename Number>
QByteArray bigEndian(Number number)
{
    QByteArray bytes(sizeof(Number), '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

/// The JPEG with an EXIF block of nothing but this orientation tag.
inline QByteArray withOrientation(const QByteArray &jpeg, quint16 orientation)
{
    const QByteArray directory = bigEndian(quint16(1)) + bigEndian(quint16(0x0112)) + bigEndian(quint16(3)) +
                                 bigEndian(quint32(1)) + bigEndian(orientation) + bigEndian(quint16(0)) +
                                 bigEndian(quint32(0));
    const QByteArray exif = QByteArray("Exif\0\0MM\0*", 10) + bigEndian(quint32(8)) + directory;
    return jpeg.left(2) + "\xFF\xE1" + bigEndian(quint16(exif.size() + 2)) + exif + jpeg.mid(2);
}

inline quint32 pngChecksum(const QByteArray &bytes)
{
    quint32 sum = 0xFFFFFFFF;
    for (const char byte : bytes) {
        sum ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit)
            sum = sum & 1 ? sum >> 1 ^ 0xEDB88320 : sum >> 1;
    }
    return ~sum;
}

inline QByteArray pngChunk(const QByteArray &name, const QByteArray &content)
{
    return bigEndian(quint32(content.size())) + name + content + bigEndian(pngChecksum(name + content));
}

/// A PNG of 8-bit RGB whose header claims any size; its pixel data is a few zeros.
inline QByteArray pngClaiming(quint32 width, quint32 height)
{
    return QByteArray("\x89PNG\r\n\x1A\n", 8) +
           pngChunk("IHDR", bigEndian(width) + bigEndian(height) + QByteArray("\x08\x02\x00\x00\x00", 5)) +
           pngChunk("IDAT", qCompress(QByteArray(100, '\0')).mid(4)) + pngChunk("IEND", {});
}

/// The PNG with one more chunk before its pixel data.
inline QByteArray withPngChunk(const QByteArray &png, const QByteArray &name, const QByteArray &content)
{
    constexpr int headerEnd = 33;
    return png.left(headerEnd) + pngChunk(name, content) + png.mid(headerEnd);
}

/// A segment of a JPEG right after its start marker.
inline QByteArray withJpegSegment(const QByteArray &jpeg, quint8 marker, const QByteArray &content)
{
    return jpeg.left(2) + '\xFF' + char(marker) + bigEndian(quint16(content.size() + 2)) + content +
           jpeg.mid(2);
}

} // namespace reslens
