// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/unit_address.h"

#include "engine/error.h"

#include <regex>

namespace reslens {

std::string toString(const UnitAddress &unit)
{
    return unit.tensor + "/ch" + std::to_string(unit.channel) + "@(" + std::to_string(unit.row) + "," +
           std::to_string(unit.column) + ")";
}

UnitAddress parseUnitAddress(const std::string &text)
{
    static const std::regex form(R"((.+/.+)/ch(\d{1,6})@\((\d{1,6}), ?(\d{1,6})\))");
    // Matching takes the stack of a step for each character.
    constexpr std::size_t longest = 200;
    std::smatch match;
    if (text.size() > longest || !std::regex_match(text, match, form))
        throw Error(ErrorKind::InvalidArgument,
                    "\"" + text.substr(0, longest) +
                        "\" is not the address of a unit, like block17_3/residual/ch37@(8,5)");
    return {match[1], std::stoi(match[2]), std::stoi(match[3]), std::stoi(match[4])};
}

} // namespace reslens
