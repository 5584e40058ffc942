// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace reslens {

enum class ColorMap
{
    Viridis,  ///< magnitudes (Smith & van der Walt 2015)
    Inferno,  ///< magnitudes, from black
    Cividis,  ///< magnitudes, the same to colour-blind eyes (Nuñez, Anderton & Renslow 2018)
    Grey,     ///< black to white
    Diverging ///< signed values: blue, neutral grey exactly at 0.5, red ("coolwarm", Moreland 2009)
};

using Rgb = std::array<std::uint8_t, 3>;

/// The sRGB colour at position t of the map, interpolated between its 256 entries. Positions outside [0, 1]
/// take the nearest end, NaN the lower one.
Rgb colour(ColorMap map, float t);

/// Where a value lies between low and high: 0 at low, 1 at high, not clamped. A range without extent puts
/// everything at 0.
inline float positionInRange(float value, float low, float high)
{
    return high > low ? (value - low) / (high - low) : 0.0F;
}

/// A colour map stretched over a range of values.
struct ColorScale
{
    ColorMap map = ColorMap::Viridis;
    float low = 0;
    float high = 1;

    Rgb colour(float value) const { return reslens::colour(map, positionInRange(value, low, high)); }
    bool operator==(const ColorScale &) const = default;
};

/// The scale for values between minimum and maximum that keeps the meaning of zero: viridis from 0 to the
/// maximum for values that are nowhere negative, the diverging map with 0 exactly in its middle for signed
/// ones.
ColorScale scaleFor(float minimum, float maximum);

} // namespace reslens
