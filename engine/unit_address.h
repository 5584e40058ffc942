// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace reslens {

/// One value of a tensor: "block17_3/residual/ch37@(8,5)" is channel 37 of block17_3/residual in row 8 and
/// column 5, all counted from 0 at the top left.
struct UnitAddress
{
    std::string tensor;
    int channel = 0;
    int row = 0;
    int column = 0;

    bool operator==(const UnitAddress &) const = default;
};

std::string toString(const UnitAddress &unit);

/// The unit that a text names. Throws Error(InvalidArgument) if it is not of that form.
UnitAddress parseUnitAddress(const std::string &text);

} // namespace reslens
