// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/incoming.h"

#include <QDir>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

namespace reslens {
namespace {

QString localPath(QString text)
{
    text = text.trimmed();
    if (text.startsWith(QLatin1String("file:")))
        return QUrl(text).toLocalFile();
    if (text.startsWith(QLatin1String("~/")))
        text.replace(0, 1, QDir::homePath());
    return QDir::isAbsolutePath(text) ? text : QString();
}

QStringList pathsIn(const QMimeData &data)
{
    QStringList paths;
    for (const QUrl &url : data.urls())
        if (url.isLocalFile())
            paths << url.toLocalFile();
    if (!paths.isEmpty() || data.hasUrls() || !data.hasText())
        return paths;
    for (const QString &line : data.text().split(u'\n', Qt::SkipEmptyParts)) {
        const QString path = localPath(line);
        if (path.isEmpty())
            return {};
        paths << path;
    }
    return paths;
}

std::optional<PictureSource> pictureIn(const QMimeData &data, const QString &name)
{
    // Decoding is the worker's business, so the encoded bytes are worth more than a ready image.
    for (const char *format : {"image/png", "image/jpeg", "image/webp", "image/tiff", "image/bmp"}) {
        const QByteArray bytes = data.data(QLatin1String(format));
        if (!bytes.isEmpty())
            return PictureSource{{}, bytes, {}, name};
    }
    if (!data.hasImage())
        return {};
    const auto image = data.imageData().value<QImage>();
    if (image.isNull())
        return {};
    return PictureSource{{}, {}, image, name};
}

} // namespace

bool isModelFile(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == QLatin1String("h5") || suffix == QLatin1String("hdf5") ||
           suffix == QLatin1String("keras");
}

bool mayBring(const QMimeData &data)
{
    if (data.hasUrls() || data.hasImage() || data.hasText())
        return true;
    const QStringList formats = data.formats();
    return std::any_of(formats.begin(), formats.end(),
                       [](const QString &format) { return format.startsWith(QLatin1String("image/")); });
}

Incoming incomingFrom(const QMimeData &data, const QString &name)
{
    Incoming incoming;
    for (const QString &path : pathsIn(data)) {
        if (isModelFile(path))
            incoming.model = path;
        else
            incoming.pictures << path;
    }
    if (incoming.isEmpty())
        incoming.picture = pictureIn(data, name);
    return incoming;
}

} // namespace reslens
