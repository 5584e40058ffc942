// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/picture.h"

#include "ui/picture/bytes.h"
#include "ui/picture/claims.h"
#include "ui/picture/colour.h"
#include "ui/picture/decoders.h"
#include "ui/picture/foreign_formats.h"
#include "ui/picture/integrity.h"
#include "ui/picture/jpeg_picture.h"
#include "ui/picture/metadata.h"
#include "ui/picture/orientation.h"
#include "ui/picture/picture_files.h"
#include "ui/picture/png_transparency.h"
#include "ui/picture/refusal.h"
#include "ui/picture/tiff_directory.h"
#include "ui/picture/tiff_picture.h"

#include <QColorSpace>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QTransform>

#include <algorithm>

namespace reslens {
namespace {

QByteArray readFile(const QString &file)
{
    const QFileInfo info(file);
    if (!info.exists() && file.contains(QChar::ReplacementCharacter))
        refuse(ErrorKind::FileUnreadable, file,
               QStringLiteral("cannot be opened: its name is not UTF-8 text; rename the file"));
    if (!info.exists())
        refuse(ErrorKind::FileMissing, file, QStringLiteral("does not exist"));
    if (info.isDir())
        refuse(ErrorKind::NotAnImage, file, QStringLiteral("is a folder, not a picture"));
    if (!info.isFile())
        refuse(ErrorKind::FileUnreadable, file, QStringLiteral("is not a regular file"));
    if (info.size() > maxPictureBytes)
        refuse(ErrorKind::Unsupported, file,
               QStringLiteral("has %1 bytes; the limit for a picture is %2")
                   .arg(grouped(info.size()), grouped(maxPictureBytes)));
    QFile device(file);
    if (!device.open(QIODevice::ReadOnly))
        refuse(ErrorKind::FileUnreadable, file, QStringLiteral("cannot be opened: ") + device.errorString());
    const QByteArray data = device.readAll();
    if (device.error() != QFileDevice::NoError)
        refuse(ErrorKind::FileUnreadable, file, QStringLiteral("cannot be read: ") + device.errorString());
    return data;
}

/// Drawings have no pixels of their own: enough of them for the network and for a projector.
QSize drawingSize(const QSize &size)
{
    const int longer = std::max(size.width(), size.height());
    const int wanted = std::clamp(longer, 1024, 4096);
    return size.scaled(wanted, wanted, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
}

QByteArray recognizedFormat(const QByteArray &data, const QString &name)
{
    QuietBuffer buffer(data);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    const QByteArray format = reader.canRead() ? reader.format() : QByteArray();
    const QStringList known = pictureSuffixes();
    if (known.contains(QString::fromLatin1(format)))
        return format;
    if (const QString foreign = foreignFormat(data); !foreign.isEmpty())
        refuse(ErrorKind::Unsupported, name,
               QStringLiteral("is in the format %1, which Reslens cannot read: save it as JPEG or PNG")
                   .arg(foreign));
    refuse(ErrorKind::NotAnImage, name,
           QStringLiteral("is not a picture in a known format (%1)").arg(known.join(QStringLiteral(", "))));
}

void checkWhole(const QByteArray &data, const QByteArray &format, const QString &name)
{
    const QString formatName = QString::fromLatin1(format).toUpper();
    switch (checkIntegrity(data, format)) {
    case Integrity::CutShort:
        refuse(ErrorKind::Damaged, name,
               QStringLiteral("is cut short: its %1 data ends before the picture does").arg(formatName));
    case Integrity::WrongChecksum:
        refuse(ErrorKind::Damaged, name,
               QStringLiteral("is damaged: a checksum in its %1 data is wrong").arg(formatName));
    case Integrity::Whole:
        break;
    }
}

/// Refuses before decoding what is too large, not all there, or of a kind that Qt gets wrong.
void checkClaims(const QByteArray &data, const QByteArray &format, const QString &name)
{
    if (const QSize size = claimedSize(data, format); size.width() >= 0 && size.height() >= 0)
        checkSize(size, name);
    const QString reason = format == "bmp"            ? unsupportedBmp(data)
                           : format.startsWith("svg") ? unsupportedSvg(data)
                                                      : QString();
    if (!reason.isEmpty())
        refuse(ErrorKind::Unsupported, name, reason);
    checkWhole(data, format, name);
}

/// Whether the file stores grey or colours, of which the profile must be. No CMYK comes from Qt's readers.
ColourModel storedModel(const QByteArray &data, const QByteArray &format)
{
    constexpr quint8 coloursBit = 2;
    constexpr quint16 photometric = 262;
    const bool isGrey = format == "png"    ? !(Bytes(data).byte(25) & coloursBit)
                        : format == "tiff" ? TiffDirectory(data).value(photometric, 2) <= 1
                                           : false;
    return isGrey ? ColourModel::Grey : ColourModel::Rgb;
}

DecodedPicture readByQt(QImageReader &reader, const QByteArray &data, const QByteArray &format,
                        const QString &name)
{
    const QSize size = reader.size();
    if (format.startsWith("svg"))
        reader.setScaledSize(drawingSize(size));
    else if (size.isValid())
        checkSize(size, name);
    DecodedPicture picture{{}, storedModel(data, format), embeddedProfile(data, format)};
    if (!reader.read(&picture.image))
        refuse(ErrorKind::Damaged, name,
               QStringLiteral("is damaged: its %1 data cannot be decoded")
                   .arg(QString::fromLatin1(format).toUpper()));
    picture.orientation = reader.supportsOption(QImageIOHandler::ImageTransformation) ? 1 : 0;
    return picture;
}

DecodedPicture readByQt(const QByteArray &data, const QByteArray &format, const QString &name,
                        const ReadOptions &options)
{
    QuietBuffer buffer(data);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(options.applyOrientation);
    return readByQt(reader, data, format, name);
}

DecodedPicture readPng(const QByteArray &data, const QString &name, const ReadOptions &options)
{
    const PngTransparency transparency = PngTransparency::takenFrom(data, !options.applyOrientation);
    DecodedPicture picture = readByQt(transparency.data, "png", name, options);
    if (options.applyOrientation)
        picture.image = transparency.appliedTo(std::move(picture.image));
    return picture;
}

DecodedPicture decode(const QByteArray &data, const QByteArray &format, const QString &name,
                      const ReadOptions &options)
{
    if (format == "jpeg")
        return readJpeg(data, name, options.side);
    if (format == "png")
        return readPng(data, name, options);
    if (format == "tiff")
        if (std::optional<DecodedPicture> picture = readTiff(data, name))
            return std::move(*picture);
    return readByQt(data, format, name, options);
}

QImage transformed(QImage image, QImageIOHandler::Transformations transformations)
{
    const bool mirror = transformations & QImageIOHandler::TransformationMirror;
    const bool flip = transformations & QImageIOHandler::TransformationFlip;
#if QT_VERSION >= QT_VERSION_CHECK(6, 9, 0)
    Qt::Orientations directions;
    directions.setFlag(Qt::Horizontal, mirror);
    directions.setFlag(Qt::Vertical, flip);
    image.flip(directions);
#else
    image.mirror(mirror, flip);
#endif
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

Picture makePicture(QImage image, const QString &name, const QString &format, bool composes = true)
{
    checkSize(image.size(), name);
    Picture picture;
    picture.pixels = toPixels(std::move(image), composes);
    picture.image = QImage(
        picture.pixels->pixels.data(), picture.width(), picture.height(), qsizetype(picture.width()) * 3,
        QImage::Format_RGB888, [](void *owner) { delete static_cast<std::shared_ptr<const Image> *>(owner); },
        new std::shared_ptr<const Image>(picture.pixels));
    picture.image.setColorSpace(QColorSpace(QColorSpace::SRgb));
    picture.name = name;
    picture.format = format;
    return picture;
}

} // namespace

Picture readPicture(const QString &file, const ReadOptions &options)
{
    return readPicture(readFile(file), file, options);
}

Picture readPicture(const QByteArray &data, const QString &name, const ReadOptions &options)
{
    if (data.isEmpty())
        refuse(ErrorKind::Damaged, name, QStringLiteral("is empty (0 bytes)"));
    // 16 bits in four channels are 8 bytes a pixel. Qt's default limit would refuse a 100-megapixel photo.
    prepareDecoders(maxPicturePixels * 8);

    const QByteArray format = recognizedFormat(data, name);
    checkClaims(data, format, name);

    DecodedPicture decoded = decode(data, format, name, options);
    const QString formatName = QString::fromLatin1(format).toUpper();
    if (!options.applyOrientation)
        return makePicture(asStored(std::move(decoded)), name, formatName, false);
    const quint32 orientation = decoded.orientation ? decoded.orientation : orientationTag(data, format);
    return makePicture(transformed(inSrgb(std::move(decoded)), meaningOf(orientation)), name, formatName);
}

Picture pictureFromImage(const QImage &image, const QString &name)
{
    if (image.isNull())
        refuse(ErrorKind::NotAnImage, name, QStringLiteral("holds no picture"));
    return makePicture(inSrgb({image}), name, {});
}

} // namespace reslens
