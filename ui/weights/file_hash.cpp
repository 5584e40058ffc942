// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/weights/file_hash.h"

#include "engine/error.h"

#include <QFile>

namespace reslens {
namespace {

/// Small enough to stop within a few milliseconds.
constexpr qint64 portion = 1 << 20;

} // namespace

QByteArray hashOfFile(const QString &path, QCryptographicHash::Algorithm algorithm,
                      const std::stop_token &stop)
{
    QCryptographicHash hash(algorithm);
    QFile file(path);
    bool readable = file.open(QIODevice::ReadOnly);
    while (readable && !file.atEnd()) {
        if (stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "cancelled");
        const QByteArray bytes = file.read(portion);
        readable = !bytes.isEmpty();
        hash.addData(bytes);
    }
    if (!readable)
        throw Error(ErrorKind::FileUnreadable,
                    QStringLiteral("%1 cannot be read: %2").arg(path, file.errorString()).toStdString());
    return hash.result().toHex();
}

} // namespace reslens
