// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/gates.h"

#include "engine/kernels/lanes.h"
#include "engine/kernels/multiversion.h"

namespace reslens {

namespace {

constexpr int vectors = 8; ///< to a byte of bits

using Bits [[gnu::vector_size(lanes * sizeof(std::int32_t))]] = std::int32_t;

static_assert(gateBytes(vectors * lanes) == lanes);

// Loops, since GCC 12 takes __builtin_convertvector() apart into scalars.
RESLENS_INLINE void unpack(const std::uint8_t *gates, Bits &bits)
{
    std::int32_t wide[lanes];
    for (int lane = 0; lane < lanes; ++lane)
        wide[lane] = gates[lane];
    std::memcpy(&bits, wide, sizeof bits);
}

RESLENS_INLINE void pack(const Bits &bits, std::uint8_t *gates)
{
    std::int32_t wide[lanes];
    std::memcpy(wide, &bits, sizeof bits);
    for (int lane = 0; lane < lanes; ++lane)
        gates[lane] = std::uint8_t(wide[lane]);
}

} // namespace

RESLENS_MULTIVERSION
void openGates(const float *values, std::ptrdiff_t stride, int rows, int columns, std::uint8_t *gates)
{
    for (int row = 0; row < rows; ++row, values += stride) {
        for (int first = 0; first < columns; first += vectors * lanes, gates += lanes) {
            Bits bits = {};
            int column = first;
            for (int j = 0; j < vectors && column < columns; ++j, column += lanes) {
                Lanes value;
                loadLanes(value, values + column, columns - column);
                bits |= (value > 0.0F) & (1 << j);
            }
            pack(bits, gates);
        }
    }
}

RESLENS_MULTIVERSION
void applyGates(const std::uint8_t *gates, int rows, int columns, float *gradient, std::ptrdiff_t stride)
{
    for (int row = 0; row < rows; ++row, gradient += stride) {
        for (int first = 0; first < columns; first += vectors * lanes, gates += lanes) {
            Bits bits;
            unpack(gates, bits);
            int column = first;
            for (int j = 0; j < vectors && column < columns; ++j, column += lanes) {
                Lanes value;
                loadLanes(value, gradient + column, columns - column);
                value = (bits & (1 << j)) != 0 ? value : Lanes{};
                storeLanes(gradient + column, value, columns - column);
            }
        }
    }
}

} // namespace reslens
