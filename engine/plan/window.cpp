// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/window.h"

#include <algorithm>

namespace reslens {

namespace {

int leadingPadding(int in, int out, int kernel, const Node &node)
{
    if (node.padding == Padding::Valid)
        return 0;
    return std::max(0, (out - 1) * node.stride + kernel - in) / 2;
}

} // namespace

Window windowOf(const Description &description, const std::vector<Shape> &shapes, int node)
{
    const Node &sliding = description.nodes[std::size_t(node)];
    const Shape &in = shapes[std::size_t(sliding.inputs.front())];
    const Shape &out = shapes[std::size_t(node)];
    return {.in = in,
            .out = out,
            .kernelHeight = sliding.kernelHeight,
            .kernelWidth = sliding.kernelWidth,
            .stride = sliding.stride,
            .padTop = leadingPadding(in.height, out.height, sliding.kernelHeight, sliding),
            .padLeft = leadingPadding(in.width, out.width, sliding.kernelWidth, sliding)};
}

} // namespace reslens
