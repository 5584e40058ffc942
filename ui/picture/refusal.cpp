// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/refusal.h"

#include "engine/report.h"
#include "ui/picture/picture.h"

#include <QDir>

#include <algorithm>

namespace reslens {

QString grouped(qint64 number)
{
    return QString::fromStdString(formatCount(number));
}

void refuse(ErrorKind kind, const QString &name, const QString &reason)
{
    throw Error(kind, QStringLiteral("%1 %2").arg(QDir::toNativeSeparators(name), reason).toStdString());
}

void checkSize(const QSize &size, const QString &name)
{
    const QString sides = QStringLiteral("%1 × %2").arg(grouped(size.width()), grouped(size.height()));
    if (size.isEmpty())
        refuse(ErrorKind::Damaged, name, QStringLiteral("has no pixels (%1)").arg(sides));
    if (qint64(size.width()) * size.height() > maxPicturePixels)
        refuse(ErrorKind::Unsupported, name,
               QStringLiteral("claims %1 pixels; the limit is %2 megapixels")
                   .arg(sides, grouped(maxPicturePixels / 1'000'000)));
    if (std::max(size.width(), size.height()) > maxPictureSide)
        refuse(ErrorKind::Unsupported, name,
               QStringLiteral("claims %1 pixels; the limit for a side is %2")
                   .arg(sides, grouped(maxPictureSide)));
}

QImage makeImage(const QSize &size, QImage::Format format, const QString &name)
{
    QImage image(size, format);
    if (image.isNull())
        refuse(ErrorKind::Unsupported, name, QStringLiteral("does not fit into the memory"));
    return image;
}

} // namespace reslens
