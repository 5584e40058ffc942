// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCryptographicHash>
#include <QString>

#include <stop_token>

namespace reslens {

/// A file's checksum in lower-case hexadecimal digits. Throws Error: FileUnreadable, Cancelled.
QByteArray hashOfFile(const QString &path, QCryptographicHash::Algorithm algorithm,
                      const std::stop_token &stop = {});

} // namespace reslens
