// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/picture_files.h"

#include "engine/error.h"

#include <QCollator>
#include <QDir>
#include <QImageReader>
#include <QLocale>

#include <algorithm>
#include <filesystem>

namespace reslens {
namespace {

bool isText(const std::string &name)
{
    return QString::fromStdString(name).toStdString() == name;
}

/// By the standard library: what Qt does with names that are not UTF-8 differs by version, to the point of
/// not listing those after them.
QStringList picturesOfFolder(const QString &path)
{
    const QStringList suffixes = pictureSuffixes();
    QStringList names;
    std::error_code error;
    std::error_code ofEntry;
    std::filesystem::directory_iterator entry(QFile::encodeName(path).toStdString(), error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        const QString text = QString::fromStdString(name);
        if (isText(name) && !text.startsWith(u'.') && suffixes.contains(QFileInfo(text).suffix().toLower()) &&
            entry->is_regular_file(ofEntry))
            names << text;
    }
    if (error)
        throw Error(ErrorKind::FileUnreadable,
                    QStringLiteral("The folder %1 cannot be read").arg(path).toStdString());
    if (names.isEmpty())
        throw Error(ErrorKind::NotAnImage,
                    QStringLiteral("The folder %1 contains no pictures").arg(path).toStdString());

    // Not the user's locale: the C locale knows no numeric order.
    QCollator collator{QLocale(QLocale::English)};
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::sort(names.begin(), names.end(), [&](const QString &a, const QString &b) {
        const int order = collator.compare(a, b);
        return order != 0 ? order < 0 : a < b;
    });
    const QDir folder(path);
    for (QString &name : names)
        name = folder.filePath(name);
    return names;
}

} // namespace

QStringList pictureSuffixes()
{
    // Icons, cursors, XPM and the like stay out: their decoders accept files that are cut short, or anything.
    static const QByteArrayList trusted{"avif", "bmp", "gif", "heic", "heif", "jpeg", "jpg",  "jxl", "pbm",
                                        "pgm",  "png", "ppm", "svg",  "svgz", "tif",  "tiff", "webp"};
    const QByteArrayList supported = QImageReader::supportedImageFormats();
    QStringList suffixes;
    for (const QByteArray &format : trusted)
        if (supported.contains(format))
            suffixes << QString::fromLatin1(format);
    return suffixes;
}

QStringList picturesIn(const QStringList &paths)
{
    QStringList files;
    for (const QString &path : paths) {
        if (QFileInfo(path).isDir())
            files << picturesOfFolder(path);
        else
            files << path;
    }
    return files;
}

int namesThatAreNoText(const QString &folder)
{
    std::error_code error;
    int count = 0;
    std::filesystem::directory_iterator entry(QFile::encodeName(folder).toStdString(), error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
        count += isText(entry->path().filename().string()) ? 0 : 1;
    return count;
}

} // namespace reslens
