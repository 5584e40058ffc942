// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace reslens {

/// A file on a server, and what it must be once it is here.
struct RemoteFile
{
    QString name;   ///< of the file that is written
    QUrl url;       ///< http or https
    QByteArray md5; ///< as 32 lower-case hexadecimal digits
    qint64 size;    ///< in bytes; 0 if it is not known beforehand
};

} // namespace reslens
