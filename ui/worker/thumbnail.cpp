// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/thumbnail.h"

#include "ui/picture/picture.h"

#include <algorithm>
#include <exception>

namespace reslens {

QImage readThumbnail(const QString &path, QSize box)
try {
    // Twice the size first: JPEG decoders shrink fast but roughly.
    const int side = 2 * std::max(box.width(), box.height());
    return readPicture(path, {.side = side}).image.scaled(box, Qt::KeepAspectRatio, Qt::SmoothTransformation);
} catch (const std::exception &) {
    return {};
}

} // namespace reslens
