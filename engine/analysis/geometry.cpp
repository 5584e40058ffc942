// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/geometry.h"

#include "engine/error.h"
#include "engine/plan/window.h"

#include <algorithm>
#include <optional>

namespace reslens {

namespace {

bool slides(const Node &node)
{
    return node.operation == Operation::Convolution || node.operation == Operation::MaxPooling ||
           node.operation == Operation::AveragePooling;
}

Region united(const std::optional<Region> &a, const Region &b)
{
    if (!a)
        return b;
    return {std::min(a->top, b.top), std::min(a->left, b.left), std::max(a->bottom, b.bottom),
            std::max(a->right, b.right)};
}

/// The part of a window's input that the given part of its output sees.
Region seenBy(const Window &window, const Region &region)
{
    const auto first = [&](int position, int padding) {
        return std::max(0, position * window.stride - padding);
    };
    const auto last = [&](int position, int padding, int kernel, int extent) {
        return std::min(extent, (position - 1) * window.stride - padding + kernel);
    };
    return {first(region.top, window.padTop), first(region.left, window.padLeft),
            last(region.bottom, window.padTop, window.kernelHeight, window.in.height),
            last(region.right, window.padLeft, window.kernelWidth, window.in.width)};
}

} // namespace

std::vector<MapGeometry> mapGeometries(const Description &description, const std::vector<Shape> &shapes)
{
    std::vector<MapGeometry> geometries(description.nodes.size());
    for (std::size_t i = 1; i < geometries.size(); ++i) {
        const Node &node = description.nodes[i];
        const MapGeometry &from = geometries[std::size_t(node.inputs.front())];
        geometries[i] = from;
        if (slides(node)) {
            const Window window = windowOf(description, shapes, int(i));
            geometries[i].originY += from.step * ((window.kernelHeight - 1) / 2.0 - window.padTop);
            geometries[i].originX += from.step * ((window.kernelWidth - 1) / 2.0 - window.padLeft);
            geometries[i].step *= window.stride;
        } else if (node.operation == Operation::GlobalAveragePooling) {
            geometries[i] = {shapes.front().height / 2.0, shapes.front().width / 2.0,
                             double(shapes.front().height)};
        }
    }
    return geometries;
}

Region receptiveField(const Description &description, const std::vector<Shape> &shapes, int node, int y,
                      int x)
{
    const Shape &shape = shapes[std::size_t(node)];
    if (y < 0 || y >= shape.height || x < 0 || x >= shape.width)
        throw Error(ErrorKind::InvalidArgument, description.nodes[std::size_t(node)].address() +
                                                    " has no position (" + std::to_string(y) + ", " +
                                                    std::to_string(x) + "): it is " + toString(shape));
    std::vector<std::optional<Region>> needed(std::size_t(node) + 1);
    needed.back() = Region{y, x, y + 1, x + 1};
    for (int i = node; i > 0; --i) {
        if (!needed[std::size_t(i)])
            continue;
        const Node &current = description.nodes[std::size_t(i)];
        Region region = *needed[std::size_t(i)];
        for (const int input : current.inputs) {
            const Shape &in = shapes[std::size_t(input)];
            if (slides(current))
                region = seenBy(windowOf(description, shapes, i), region);
            else if (current.operation == Operation::GlobalAveragePooling)
                region = {0, 0, in.height, in.width};
            needed[std::size_t(input)] = united(needed[std::size_t(input)], region);
        }
    }
    return *needed.front();
}

} // namespace reslens
