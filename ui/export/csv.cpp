// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/csv.h"

#include <algorithm>

namespace reslens {

QString quotedField(const QString &value, QChar separator)
{
    const auto isSpecial = [separator](QChar letter) {
        return letter == separator || letter == u'"' || letter == u'\n' || letter == u'\r';
    };
    if (std::none_of(value.begin(), value.end(), isSpecial))
        return value;
    return u'"' + QString(value).replace(u'"', QStringLiteral("\"\"")) + u'"';
}

} // namespace reslens
