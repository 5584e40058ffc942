// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace reslens {

/// What the blocks of a stage are for: "block35", "stem".
struct BlockType
{
    QString purpose; ///< in two or three plain sentences
    QString paper;   ///< where it comes from: authors, year, title
};

BlockType blockTypeOf(const QString &stage);

} // namespace reslens
