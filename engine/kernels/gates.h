// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace reslens {

/// Which ReLUs let their value through, for the backward pass: a bit each, since they are written and read
/// past all caches. A row of values takes gateBytes(columns): 16 bytes for each 128 values begun, bit j of
/// byte i for value 16·j + i, so that vectors of 16 values need no shuffling.
constexpr std::size_t gateBytes(int columns)
{
    return (std::size_t(columns) + 127) / 128 * 16;
}

/// Opens the gates where value > 0 and closes the others, for `rows` rows of `columns` values, `stride`
/// floats apart; the rows of gates follow each other.
void openGates(const float *values, std::ptrdiff_t stride, int rows, int columns, std::uint8_t *gates);

/// gradient = 0 where the gate is closed.
void applyGates(const std::uint8_t *gates, int rows, int columns, float *gradient, std::ptrdiff_t stride);

} // namespace reslens
