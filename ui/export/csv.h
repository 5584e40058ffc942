// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace reslens {

/// A value as a field of a table in text (RFC 4180): in quotation marks if it has the separator, a quotation
/// mark or a line break in it.
QString quotedField(const QString &value, QChar separator = u',');

} // namespace reslens
