// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/window.h"

#include <cstddef>

namespace reslens {

/// Rows [firstRow, firstRow + rows) of the im2col matrix of a map: row p holds the kernelHeight × kernelWidth
/// × in.channels values under the window at output position p, zero where it hangs over the border
/// (Chellapilla et al. 2006). The map's position p starts at source + p·stride. `matrix` receives rows ×
/// window.depth() values.
void im2col(const Window &window, const float *source, std::ptrdiff_t stride, int firstRow, int rows,
            float *matrix);

} // namespace reslens
