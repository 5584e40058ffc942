// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/requests.h"

#include <QFileInfo>

namespace reslens {

PictureSource PictureSource::fromFile(const QString &path)
{
    return {path, {}, {}, QFileInfo(path).fileName()};
}

QString describePreparation(const Preparation &preparation)
{
    if (preparation == KerasExact)
        return QStringLiteral("Keras exact (stretched, nearest)");
    return QString::fromStdString(toString(preparation.resize));
}

} // namespace reslens
