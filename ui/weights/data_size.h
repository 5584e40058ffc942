// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace reslens {

/// "225.2 MB"
QString readableSize(qint64 bytes);

} // namespace reslens
