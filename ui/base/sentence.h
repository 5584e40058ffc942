// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace reslens {

/// What an error says, as a sentence that can stand alone: with a full stop, unless it ends in one or the
/// like.
QString asSentence(const QString &text);

} // namespace reslens
