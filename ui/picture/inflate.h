// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace reslens {

/// Data compressed by zlib or gzip, unpacked; nothing if it is broken or cut short. A thousandth of the size
/// is enough to claim any: it stops where there is more than the limit, and what it has by then is larger
/// than that.
std::optional<QByteArray> inflated(const QByteArray &data, qsizetype limit);

} // namespace reslens
