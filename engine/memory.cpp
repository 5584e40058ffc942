// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/memory.h"

#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace reslens {

void keepFreedMemory()
{
#ifdef __GLIBC__
    // Every page that comes anew from the system costs a fault: with the published widths, a fifth of the
    // time of the direct method's map. Weights are larger than the first limit and do go back.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    // What one thread has freed is for the others, too.
    mallopt(M_ARENA_MAX, 1);
#endif
}

} // namespace reslens
