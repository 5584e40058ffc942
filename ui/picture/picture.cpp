// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/picture.h"

#include "engine/error.h"
#include "ui/picture/completeness.h"

#include <QBuffer>
#include <QColorSpace>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QLocale>
#include <QLoggingCategory>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>

namespace reslens {
namespace {

[[noreturn]] void fail(ErrorKind kind, const QString &name, const QString &reason)
{
    throw Error(kind, QStringLiteral("\"%1\" %2.").arg(QDir::toNativeSeparators(name), reason).toStdString());
}

std::atomic<QLoggingCategory::CategoryFilter> previousFilter = nullptr;

/// The decoders' remarks would appear beside our sentence, and say less.
void silenceDecoders(QLoggingCategory *category)
{
    // Installing a filter applies it at once, before the previous one is known; categories have theirs by
    // then.
    if (const QLoggingCategory::CategoryFilter previous = previousFilter)
        previous(category);
    for (const char *prefix :
         {"qt.gui.imageio", "qt.gui.icc", "qt.gui.colorspace", "qt.imageformats", "qt.svg"}) {
        if (std::strncmp(category->categoryName(), prefix, std::strlen(prefix)) == 0) {
            category->setEnabled(QtWarningMsg, false);
            category->setEnabled(QtCriticalMsg, false);
        }
    }
}

void prepareDecoders()
{
    static const bool once = [] {
        previousFilter = QLoggingCategory::installFilter(silenceDecoders);
        // Our own limit counts pixels and is checked before decoding; Qt's default would refuse a
        // 100-megapixel photo without a reason. 16 bits in four channels are 8 bytes.
        QImageReader::setAllocationLimit(int(maxPicturePixels * 8 >> 20));
        return true;
    }();
    Q_UNUSED(once)
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
                 .arg(QLocale::c().toString(info.size()), QLocale::c().toString(maxPictureBytes)));
    QFile device(file);
    if (!device.open(QIODevice::ReadOnly))
        fail(ErrorKind::FileUnreadable, file, QStringLiteral("cannot be opened: ") + device.errorString());
    const QByteArray data = device.read(maxPictureBytes);
    if (device.error() != QFileDevice::NoError)
        fail(ErrorKind::FileUnreadable, file, QStringLiteral("cannot be read: ") + device.errorString());
    return data;
}

void checkSize(const QSize &size, const QString &name)
{
    const QLocale locale = QLocale::c();
    const QString sides =
        QStringLiteral("%1 × %2").arg(locale.toString(size.width()), locale.toString(size.height()));
    if (size.isEmpty())
        fail(ErrorKind::Damaged, name, QStringLiteral("has no pixels (%1)").arg(sides));
    if (qint64(size.width()) * size.height() > maxPicturePixels)
        fail(ErrorKind::Unsupported, name,
             QStringLiteral("claims %1 pixels; the limit is %2 megapixels")
                 .arg(sides, locale.toString(maxPicturePixels / 1'000'000)));
    if (std::max(size.width(), size.height()) > maxPictureSide)
        fail(ErrorKind::Unsupported, name,
             QStringLiteral("claims %1 pixels; the limit for a side is %2")
                 .arg(sides, locale.toString(maxPictureSide)));
}

/// Drawings have no pixels of their own: enough of them for the network and for a projector.
QSize drawingSize(const QSize &size)
{
    const int longer = std::max(size.width(), size.height());
    const int wanted = std::clamp(longer, 1024, 4096);
    return size.scaled(wanted, wanted, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
}

/// Many programs write sRGB into PNG as its rounded exponent (gamma 0.45455), and mean sRGB; so does the PNG
/// specification (section 13.13 of the second edition). Converting would change dark pixels.
bool meansSrgb(const QColorSpace &space)
{
    constexpr float tolerance = 0.02F;
    return space == QColorSpace(QColorSpace::SRgb) ||
           (space.primaries() == QColorSpace::Primaries::SRgb &&
            space.transferFunction() == QColorSpace::TransferFunction::Gamma &&
            std::abs(space.gamma() - 2.2F) < tolerance);
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

int overWhite(int value, int alpha)
{
    return 255 - ((255 - value) * alpha + 127) / 255;
}

std::shared_ptr<const Image> toPixels(QImage image)
{
    const bool hasAlpha = image.hasAlphaChannel();
    image.convertTo(hasAlpha ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    auto result = std::make_shared<Image>();
    result->width = image.width();
    result->height = image.height();
    result->pixels.resize(std::size_t(image.width()) * std::size_t(image.height()) * 3);
    std::uint8_t *out = result->pixels.data();
    for (int y = 0; y < image.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const int alpha = hasAlpha ? qAlpha(line[x]) : 255;
            *out++ = std::uint8_t(overWhite(qRed(line[x]), alpha));
            *out++ = std::uint8_t(overWhite(qGreen(line[x]), alpha));
            *out++ = std::uint8_t(overWhite(qBlue(line[x]), alpha));
        }
    }
    return result;
}

Picture makePicture(QImage image, const QString &name, const QString &format)
{
    checkSize(image.size(), name);
    Picture picture;
    picture.pixels = toPixels(inSrgb(std::move(image)));
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
        fail(ErrorKind::Damaged, name, QStringLiteral("is empty (0 bytes)"));
    prepareDecoders();

    QBuffer buffer;
    buffer.setData(data);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(options.applyOrientation);
    if (!reader.canRead())
        fail(ErrorKind::NotAnImage, name,
             QStringLiteral("is not a picture in a format that can be read here"));

    const QByteArray format = reader.format();
    const QString formatName = QString::fromLatin1(format).toUpper();
    if (isCutShort(data, format))
        fail(ErrorKind::Damaged, name,
             QStringLiteral("is cut short: its %1 data ends before the picture does").arg(formatName));
    const QSize size = reader.size();
    if (format.startsWith("svg"))
        reader.setScaledSize(drawingSize(size));
    else if (size.isValid())
        checkSize(size, name);

    QImage image;
    if (!reader.read(&image))
        fail(ErrorKind::Damaged, name,
             QStringLiteral("is damaged: its %1 data cannot be decoded").arg(formatName));
    return makePicture(std::move(image), name, formatName);
}

Picture pictureFromImage(const QImage &image, const QString &name)
{
    if (image.isNull())
        fail(ErrorKind::NotAnImage, name, QStringLiteral("holds no picture"));
    return makePicture(image, name, {});
}

} // namespace reslens
