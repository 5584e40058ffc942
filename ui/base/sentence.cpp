// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/sentence.h"

namespace reslens {

QString asSentence(const QString &text)
{
    return text.isEmpty() || QStringLiteral(".…!?").contains(text.back()) ? text : text + u'.';
}

} // namespace reslens
