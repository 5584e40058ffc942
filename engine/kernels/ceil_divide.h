// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace reslens {

/// How many parts of `part` cover `whole`, the last of which may be smaller; both positive.
constexpr int ceilDivide(int whole, int part)
{
    return (whole + part - 1) / part;
}

} // namespace reslens
