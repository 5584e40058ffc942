// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/unit_origin.h"

#include "engine/error.h"
#include "engine/plan/window.h"
#include "engine/shapes.h"
#include "engine/unit_address.h"

#include <algorithm>

namespace reslens {
namespace {

void check(const Unit &unit, const Node &node, const Shape &shape)
{
    if (unit.y < 0 || unit.y >= shape.height || unit.x < 0 || unit.x >= shape.width || unit.channel < 0 ||
        unit.channel >= shape.channels)
        throw Error(ErrorKind::InvalidArgument,
                    "There is no " + toString(UnitAddress{node.address(), unit.channel, unit.y, unit.x}) +
                        ": " + node.address() + " is " + toString(shape));
}

/// Stacked maps are followed to the branch that a channel came from.
Unit behindConcatenations(const Description &description, const std::vector<Shape> &shapes, Unit unit)
{
    const auto nodeOf = [&](int node) -> const Node & { return description.nodes[std::size_t(node)]; };
    while (nodeOf(unit.node).operation == Operation::Concatenation) {
        for (const int branch : nodeOf(unit.node).inputs) {
            const int channels = shapes[std::size_t(branch)].channels;
            if (unit.channel < channels) {
                unit.node = branch;
                break;
            }
            unit.channel -= channels;
        }
    }
    return unit;
}

/// The convolution, dense layer or pooling whose value the unit is, or is added to.
int sourceOf(const Description &description, int node)
{
    const Node &asked = description.nodes[std::size_t(node)];
    switch (asked.operation) {
    case Operation::Convolution:
    case Operation::Dense:
    case Operation::MaxPooling:
    case Operation::AveragePooling:
    case Operation::GlobalAveragePooling:
        return node;
    case Operation::ResidualAddition:
        return asked.inputs[1];
    case Operation::Relu:
        return sourceOf(description, asked.inputs.front());
    case Operation::Input:
        throw Error(ErrorKind::InvalidArgument, "This is the picture itself: nothing has been computed yet.");
    default:
        throw Error(ErrorKind::InvalidArgument,
                    asked.address() + " is the softmax of all logits: e to the class's logit, divided by the "
                                      "sum of this over all classes.");
    }
}

/// A global pooling looks at the whole map.
Region windowAt(const Description &description, const std::vector<Shape> &shapes, int node, const Unit &unit)
{
    const Window window = windowOf(description, shapes, node);
    if (description.nodes[std::size_t(node)].operation == Operation::GlobalAveragePooling)
        return {0, 0, window.in.height, window.in.width};
    const int top = unit.y * window.stride - window.padTop;
    const int left = unit.x * window.stride - window.padLeft;
    return {top, left, top + window.kernelHeight, left + window.kernelWidth};
}

UnitExplanation explainPooling(Operation operation, const Region &window, const Tensor &input, int channel)
{
    UnitExplanation result;
    const bool isMaximum = operation == Operation::MaxPooling;
    for (int y = std::max(0, window.top); y < std::min(window.bottom, input.shape().height); ++y)
        for (int x = std::max(0, window.left); x < std::min(window.right, input.shape().width); ++x)
            result.terms.push_back({y, x, channel, input.at(y, x, channel), 0});
    const float share = 1.0F / float(result.terms.size());
    for (UnitTerm &term : result.terms)
        term.weight = isMaximum ? 0 : share;
    if (isMaximum)
        std::ranges::max_element(result.terms, {}, &UnitTerm::value)->weight = 1;
    for (const UnitTerm &term : result.terms)
        result.sum += term.product();
    result.activation = result.sum;
    return result;
}

} // namespace

UnitOrigin originOf(Runner &runner, const Tensor &picture, const BlockOutputs &outputs,
                    const WeightFile &file, const Unit &unit, const std::stop_token &stop)
{
    const Network &network = runner.network();
    const Description &description = network.description();
    const std::vector<Shape> shapes = inferShapes(description, network.inputSize());
    const auto nodeOf = [&](int node) -> const Node & { return description.nodes[std::size_t(node)]; };
    check(unit, nodeOf(unit.node), shapes[std::size_t(unit.node)]);
    const Unit followed = behindConcatenations(description, shapes, unit);
    const Node &asked = nodeOf(followed.node);
    UnitOrigin origin;
    origin.source = sourceOf(description, followed.node);
    origin.relu = asked.operation == Operation::Relu || asked.relu;
    const Node &source = nodeOf(origin.source);
    const Node &before = nodeOf(source.inputs.front());

    const Block &block = *description.findBlock(asked.block);
    const int index = int(&block - description.blocks.data());
    const bool isAdded = origin.source != followed.node;
    RunOptions options{.capture = {asked.address(), before.address()}, .stop = stop};
    if (isAdded)
        options.capture.push_back(nodeOf(block.input).address());
    const RunResult run =
        runner.runBlocks(inputOf(block, description, picture, outputs), index, index, options);

    const auto valueOf = [&](const Node &node) {
        return run.captured.at(node.address())->at(followed.y, followed.x, followed.channel);
    };
    origin.activation = valueOf(asked);
    if (isAdded)
        origin.shortcut = double(valueOf(nodeOf(block.input)));
    const Tensor &looked = *run.captured.at(before.address());
    origin.window = windowAt(description, shapes, origin.source, followed);
    if (!source.hasWeights()) {
        origin.explanation = explainPooling(source.operation, origin.window, looked, followed.channel);
        return origin;
    }
    origin.explanation =
        explainUnit(file, shapes, origin.source, looked, followed.y, followed.x, followed.channel);
    if (before.operation == Operation::Concatenation && before.block == asked.block)
        origin.shares = sharesOfBranches(description, shapes, origin.source, origin.explanation);
    return origin;
}

} // namespace reslens
