// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstring>

// Inlined into each multi-versioned caller, so that it is compiled for that caller's instruction set.
#if defined(__GNUC__)
#define RESLENS_INLINE [[gnu::always_inline]] inline
#else
#define RESLENS_INLINE inline
#endif

namespace reslens {

/// Channels that are worked on together: one vector register on the widest machines, a few elsewhere. As a
/// vector type, since loops over arrays that are unrolled this far end up half in scalars.
inline constexpr int lanes = 16;
using Lanes [[gnu::vector_size(lanes * sizeof(float))]] = float;

/// Of `count` values, the first `lanes`; missing ones become zero.
RESLENS_INLINE void loadLanes(Lanes &to, const float *from, int count)
{
    if (count >= lanes) {
        std::memcpy(&to, from, sizeof to);
    } else {
        to = Lanes{};
        for (int lane = 0; lane < count; ++lane)
            to[lane] = from[lane];
    }
}

RESLENS_INLINE void storeLanes(float *to, const Lanes &from, int count)
{
    if (count >= lanes) {
        std::memcpy(to, &from, sizeof from);
    } else {
        for (int lane = 0; lane < count; ++lane)
            to[lane] = from[lane];
    }
}

} // namespace reslens
