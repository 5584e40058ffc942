// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/thumbnail.h"

#include <QImageReader>

namespace reslens {

QImage readThumbnail(const QString &path, QSize box)
{
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    const bool turned = reader.transformation() & QImageIOHandler::TransformationRotate90;
    // However long a picture is, a line of it remains.
    const QSize target =
        reader.size().scaled(turned ? box.transposed() : box, Qt::KeepAspectRatio).expandedTo({1, 1});
    // Twice the size first: JPEG decoders shrink fast but roughly.
    if (reader.size().width() > 2 * target.width())
        reader.setScaledSize(2 * target);
    const QImage image = reader.read();
    return image.isNull() ? image : image.scaled(box, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

} // namespace reslens
