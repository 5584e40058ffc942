// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"

#include <vector>

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

/// The window of a convolution or pooling node; `shapes` as from inferShapes(). Where TensorFlow's SAME
/// padding is odd, the odd pixel goes to the bottom and right.
Window windowOf(const Description &description, const std::vector<Shape> &shapes, int node);

} // namespace reslens
