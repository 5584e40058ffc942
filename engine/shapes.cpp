// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/shapes.h"

#include "engine/error.h"

namespace reslens {

namespace {

int windowCount(int extent, int kernel, const Node &node)
{
    if (node.padding == Padding::Same)
        return (extent + node.stride - 1) / node.stride;
    return (extent - kernel) / node.stride + 1;
}

Shape outputShape(const Node &node, const std::vector<Shape> &shapes, int inputSize)
{
    if (node.operation == Operation::Input)
        return {inputSize, inputSize, 3};
    const Shape &in = shapes[std::size_t(node.inputs.front())];
    switch (node.operation) {
    case Operation::Convolution:
        return {windowCount(in.height, node.kernelHeight, node),
                windowCount(in.width, node.kernelWidth, node), node.filters};
    case Operation::MaxPooling:
    case Operation::AveragePooling:
        return {windowCount(in.height, node.kernelHeight, node),
                windowCount(in.width, node.kernelWidth, node), in.channels};
    case Operation::Concatenation: {
        Shape sum = in;
        sum.channels = 0;
        for (const int input : node.inputs)
            sum.channels += shapes[std::size_t(input)].channels;
        return sum;
    }
    case Operation::GlobalAveragePooling:
        return {1, 1, in.channels};
    case Operation::Dense:
        return {1, 1, node.filters};
    default:
        return in;
    }
}

} // namespace

std::vector<Shape> inferShapes(const Description &description, int inputSize)
{
    if (inputSize < leastInputSize || inputSize > greatestInputSize)
        throw Error(ErrorKind::InvalidArgument,
                    "an input of " + std::to_string(inputSize) + " × " + std::to_string(inputSize) +
                        " pixels is outside the network's range, " + std::to_string(leastInputSize) + " to " +
                        std::to_string(greatestInputSize));
    std::vector<Shape> shapes;
    shapes.reserve(description.nodes.size());
    for (const Node &node : description.nodes)
        shapes.push_back(outputShape(node, shapes, inputSize));
    return shapes;
}

} // namespace reslens
