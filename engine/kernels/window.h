// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tensor.h"

namespace reslens {

/// A convolution or pooling window sliding over a map.
struct Window
{
    Shape in;
    Shape out;
    int kernelHeight = 1;
    int kernelWidth = 1;
    int stride = 1;
    int padTop = 0;
    int padLeft = 0;

    /// The map itself is the im2col matrix.
    bool pointwise() const { return kernelHeight == 1 && kernelWidth == 1 && stride == 1; }
    /// Rows of the im2col matrix: output positions.
    int rows() const { return out.height * out.width; }
    /// Columns of the im2col matrix: values under the window.
    int depth() const { return kernelHeight * kernelWidth * in.channels; }
};

} // namespace reslens
