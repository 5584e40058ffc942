// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/weights/data_size.h"

#include <QLocale>

namespace reslens {

QString readableSize(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

} // namespace reslens
