// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <array>

namespace reslens {

/// The checks of a map, in the order in which they are told.
enum CheckIndex
{
    InsertionCheck,
    DeletionCheck,
    CascadeCheck,
    ClassCheck,
    NoiseCheck,
    LesionCheck,
    CheckCount
};

/// A check in words, for who has never heard of it.
struct Check
{
    QString name;     ///< two words at most: "brings back"
    QString question; ///< "Does it bring the class back?"
    QString course;   ///< what is done, in a line
    QString help;     ///< its name, what is measured, when it holds, and where it comes from
};

std::array<Check, CheckCount> checks();

} // namespace reslens
