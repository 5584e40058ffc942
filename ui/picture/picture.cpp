// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/picture.h"

#include "engine/error.h"
#include "ui/picture/bytes.h"
#include "ui/picture/decoders.h"
#include "ui/picture/integrity.h"
#include "ui/picture/orientation.h"
#include "ui/picture/picture_files.h"
#include "ui/picture/tiff_directory.h"

#include <QColorSpace>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QLocale>
#include <QTransform>

#include <algorithm>
#include <climits>
#include <cmath>

namespace reslens {
namespace {

/// With separators between the thousands, the same on every machine.
QString grouped(qint64 number)
{
    return QLocale(QLocale::English).toString(number);
}

[[noreturn]] void fail(ErrorKind kind, const QString &name, const QString &reason)
{
    throw Error(kind, QStringLiteral("%1 %2").arg(QDir::toNativeSeparators(name), reason).toStdString());
}

QByteArray readFile(const QString &file)
{
    const QFileInfo info(file);
    if (!info.exists())
        fail(ErrorKind::FileMissing, file, QStringLiteral("does not exist"));
    if (info.isDir())
        fail(ErrorKind::NotAnImage, file, QStringLiteral("is a folder, not a picture"));
    if (!info.isFile())
        fail(ErrorKind::FileUnreadable, file, QStringLiteral("is not a regular file"));
    if (info.size() > maxPictureBytes)
        fail(ErrorKind::Unsupported, file,
             QStringLiteral("has %1 bytes; the limit for a picture is %2")
                 .arg(grouped(info.size()), grouped(maxPictureBytes)));
    QFile device(file);
    if (!device.open(QIODevice::ReadOnly))
        fail(ErrorKind::FileUnreadable, file, QStringLiteral("cannot be opened: ") + device.errorString());
    const QByteArray data = device.readAll();
    if (device.error() != QFileDevice::NoError)
        fail(ErrorKind::FileUnreadable, file, QStringLiteral("cannot be read: ") + device.errorString());
    return data;
}

void checkSize(const QSize &size, const QString &name)
{
    const QString sides = QStringLiteral("%1 × %2").arg(grouped(size.width()), grouped(size.height()));
    if (size.isEmpty())
        fail(ErrorKind::Damaged, name, QStringLiteral("has no pixels (%1)").arg(sides));
    if (qint64(size.width()) * size.height() > maxPicturePixels)
        fail(ErrorKind::Unsupported, name,
             QStringLiteral("claims %1 pixels; the limit is %2 megapixels")
                 .arg(sides, grouped(maxPicturePixels / 1'000'000)));
    if (std::max(size.width(), size.height()) > maxPictureSide)
        fail(ErrorKind::Unsupported, name,
             QStringLiteral("claims %1 pixels; the limit for a side is %2")
                 .arg(sides, grouped(maxPictureSide)));
}

/// The size that a PNG's header claims. libpng would print what it dislikes about a wild one.
QSize pngSize(const QByteArray &data)
{
    const Bytes bytes(data);
    const auto side = [&](qint64 offset) {
        return int(std::min(bytes.big<quint32>(offset), quint32(INT_MAX)));
    };
    return {side(16), side(20)};
}

/// Drawings have no pixels of their own: enough of them for the network and for a projector.
QSize drawingSize(const QSize &size)
{
    const int longer = std::max(size.width(), size.height());
    const int wanted = std::clamp(longer, 1024, 4096);
    return size.scaled(wanted, wanted, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
}

QByteArray recognizedFormat(const QImageReader &reader, const QString &name)
{
    const QByteArray format = reader.canRead() ? reader.format() : QByteArray();
    const QStringList known = pictureSuffixes();
    if (!known.contains(QString::fromLatin1(format)))
        fail(ErrorKind::NotAnImage, name,
             QStringLiteral("is not a picture in a known format (%1)").arg(known.join(QStringLiteral(", "))));
    return format;
}

/// Refuses before decoding what is too large or not all there, and chooses the size of a drawing.
void checkClaims(QImageReader &reader, const QByteArray &data, const QString &name)
{
    const QByteArray format = reader.format();
    const QString formatName = QString::fromLatin1(format).toUpper();
    constexpr int pngHeaderEnd = 33;
    if (format == "png" && data.size() >= pngHeaderEnd)
        checkSize(pngSize(data), name);
    switch (checkIntegrity(data, format)) {
    case Integrity::CutShort:
        fail(ErrorKind::Damaged, name,
             QStringLiteral("is cut short: its %1 data ends before the picture does").arg(formatName));
    case Integrity::WrongChecksum:
        fail(ErrorKind::Damaged, name,
             QStringLiteral("is damaged: a checksum in its %1 data is wrong").arg(formatName));
    case Integrity::Whole:
        break;
    }
    const QSize size = reader.size();
    if (format.startsWith("svg"))
        reader.setScaledSize(drawingSize(size));
    else if (size.isValid())
        checkSize(size, name);
}

/// The PNG specification has sRGB pictures carry the exponent 0.45455 for programs that know no better, and
/// many write nothing else. Taken at its word, it would change dark pixels.
bool meansSrgb(const QColorSpace &space)
{
    if (space.transferFunction() != QColorSpace::TransferFunction::Gamma)
        return space == QColorSpace(QColorSpace::SRgb);
    constexpr float tolerance = 0.02F;
    // Qt takes primaries that a file spells out for custom ones; only spelled out do they compare equal.
    const QColorSpace spelledOut({0.3127, 0.3290}, {0.64, 0.33}, {0.30, 0.60}, {0.15, 0.06},
                                 QColorSpace::TransferFunction::Gamma, space.gamma());
    return std::abs(space.gamma() - 2.2F) < tolerance &&
           (space.primaries() == QColorSpace::Primaries::SRgb || space == spelledOut);
}

QImage inSrgb(QImage image)
{
    const QColorSpace space = image.colorSpace();
    if (!space.isValid() || meansSrgb(space))
        return image;
    // Palettes and grey have no room for the converted colours.
    if (image.depth() > 32 || image.format() == QImage::Format_Grayscale16)
        image.convertTo(QImage::Format_RGBA64);
    else
        image.convertTo(image.hasAlphaChannel() ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    image.convertToColorSpace(QColorSpace(QColorSpace::SRgb));
    return image;
}

QImage transformed(QImage image, QImageIOHandler::Transformations transformations)
{
    image = std::move(image).mirrored(transformations & QImageIOHandler::TransformationMirror,
                                      transformations & QImageIOHandler::TransformationFlip);
    if (transformations & QImageIOHandler::TransformationRotate90)
        image = image.transformed(QTransform().rotate(90.0));
    return image;
}

/// Rounded to the nearest; exact for opaque and for fully transparent pixels.
std::uint8_t overWhite(int value, int alpha)
{
    return std::uint8_t(255 - ((255 - value) * alpha + 127) / 255);
}

void copyOpaque(const QRgb *line, int width, std::uint8_t *out)
{
    for (int x = 0; x < width; ++x, out += 3) {
        out[0] = std::uint8_t(line[x] >> 16);
        out[1] = std::uint8_t(line[x] >> 8);
        out[2] = std::uint8_t(line[x]);
    }
}

void composeOverWhite(const QRgb *line, int width, std::uint8_t *out)
{
    for (int x = 0; x < width; ++x, out += 3) {
        const int alpha = qAlpha(line[x]);
        out[0] = overWhite(qRed(line[x]), alpha);
        out[1] = overWhite(qGreen(line[x]), alpha);
        out[2] = overWhite(qBlue(line[x]), alpha);
    }
}

/// Transparent parts either over white or as opaque as their colours are stored.
std::shared_ptr<const Image> toPixels(QImage image, bool composes)
{
    const bool hasAlpha = image.hasAlphaChannel();
    image.convertTo(hasAlpha ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    const auto convertRow = hasAlpha && composes ? composeOverWhite : copyOpaque;
    auto result = std::make_shared<Image>();
    result->width = image.width();
    result->height = image.height();
    result->pixels.resize(std::size_t(image.width()) * std::size_t(image.height()) * 3);
    for (int y = 0; y < image.height(); ++y)
        convertRow(reinterpret_cast<const QRgb *>(image.constScanLine(y)), image.width(), result->row(y));
    return result;
}

Picture makePicture(QImage image, const QString &name, const QString &format, bool asStored = false)
{
    checkSize(image.size(), name);
    Picture picture;
    picture.pixels = asStored ? toPixels(std::move(image), false) : toPixels(inSrgb(std::move(image)), true);
    picture.image = QImage(
        picture.pixels->pixels.data(), picture.width(), picture.height(), qsizetype(picture.width()) * 3,
        QImage::Format_RGB888, [](void *owner) { delete static_cast<std::shared_ptr<const Image> *>(owner); },
        new std::shared_ptr<const Image>(picture.pixels));
    picture.image.setColorSpace(QColorSpace(QColorSpace::SRgb));
    picture.name = name;
    picture.format = format;
    return picture;
}

/// TIFF can hold measurements that are no picture's samples, which no decoder here takes.
void checkSamples(const QByteArray &data, const QString &name)
{
    constexpr quint16 bitsPerSample = 258;
    constexpr quint16 sampleFormat = 339;
    constexpr quint32 unsignedWhole = 1;
    const TiffDirectory directory(data);
    const std::vector<quint32> bits = directory.values(bitsPerSample);
    const std::vector<quint32> formats = directory.values(sampleFormat);
    if (bits.empty() || (bits.front() <= 16 && (formats.empty() || formats.front() == unsignedWhole)))
        return;
    fail(
        ErrorKind::Unsupported, name,
        QStringLiteral("has samples of %1 bits, signed or fractional; expected whole numbers of 8 or 16 bits")
            .arg(bits.front()));
}

} // namespace

Picture readPicture(const QString &file, const ReadOptions &options)
{
    return readPicture(readFile(file), file, options);
}

Picture readPicture(const QByteArray &data, const QString &name, const ReadOptions &options)
{
    if (data.isEmpty())
        fail(ErrorKind::Damaged, name, QStringLiteral("is empty (0 bytes)"));
    // 16 bits in four channels are 8 bytes a pixel. Qt's default limit would refuse a 100-megapixel photo.
    prepareDecoders(maxPicturePixels * 8);

    QuietBuffer buffer(data);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(options.applyOrientation);
    const QByteArray format = recognizedFormat(reader, name);
    const QString formatName = QString::fromLatin1(format).toUpper();
    checkClaims(reader, data, name);

    QImage image;
    if (!reader.read(&image)) {
        checkSamples(data, name);
        fail(ErrorKind::Damaged, name,
             QStringLiteral("is damaged: its %1 data cannot be decoded").arg(formatName));
    }
    if (options.applyOrientation && !reader.supportsOption(QImageIOHandler::ImageTransformation))
        image = transformed(std::move(image), orientationTag(data, format));
    return makePicture(std::move(image), name, formatName, !options.applyOrientation);
}

Picture pictureFromImage(const QImage &image, const QString &name)
{
    if (image.isNull())
        fail(ErrorKind::NotAnImage, name, QStringLiteral("holds no picture"));
    return makePicture(image, name, {});
}

} // namespace reslens
