// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/picture_source.h"

#include <QFileInfo>

namespace reslens {

PictureSource PictureSource::fromFile(const QString &path)
{
    return {path, {}, {}, QFileInfo(path).fileName()};
}

} // namespace reslens
