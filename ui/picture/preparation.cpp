// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/preparation.h"

namespace reslens {

QString describePreparation(const Preparation &preparation)
{
    if (preparation == KerasExact)
        return QStringLiteral("Keras exact (stretched, nearest)");
    const QString resize = QString::fromStdString(toString(preparation.resize));
    return preparation.honourOrientation ? resize : resize + QStringLiteral(", as stored");
}

} // namespace reslens
