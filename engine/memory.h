// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace reslens {

/// Lets the process keep up to a quarter of a gigabyte that it has freed instead of giving it back to the
/// system: an answer's maps are freed when the next picture comes, which asks for as much again. For main(),
/// before other threads start; where the C library has no such setting, nothing happens.
void keepFreedMemory();

} // namespace reslens
