// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace reslens {

/// Data compressed by zlib or gzip, unpacked; nothing if it is broken, cut short or larger than the limit: a
/// thousandth of the size is enough to claim any.
std::optional<QByteArray> inflated(const QByteArray &data, qsizetype limit);

} // namespace reslens
