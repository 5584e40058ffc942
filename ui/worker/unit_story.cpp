// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/unit_story.h"

#include "engine/error.h"
#include "engine/plan/window.h"
#include "engine/unit_address.h"

#include <QCoreApplication>
#include <algorithm>

namespace reslens {
namespace {

const Node &nodeOf(const ModelSummary &model, int node)
{
    return model.description.nodes[std::size_t(node)];
}

/// Stacked maps are followed to the branch that a channel came from.
UnitQuestion behindConcatenations(const ModelSummary &model, UnitQuestion unit)
{
    while (nodeOf(model, unit.node).operation == Operation::Concatenation) {
        for (const int branch : nodeOf(model, unit.node).inputs) {
            const int channels = model.shapes[std::size_t(branch)].channels;
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
int sourceOf(const ModelSummary &model, int node)
{
    const Node &asked = nodeOf(model, node);
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
        return sourceOf(model, asked.inputs.front());
    case Operation::Input:
        throw Error(ErrorKind::InvalidArgument,
                    QCoreApplication::translate("UnitStory", "This is the picture itself: nothing has been "
                                                             "computed yet.")
                        .toStdString());
    default:
        throw Error(ErrorKind::InvalidArgument,
                    QCoreApplication::translate("UnitStory",
                                                "%1 is the softmax of all logits: e to the class's "
                                                "logit, divided by the sum of this over all "
                                                "classes.")
                        .arg(QString::fromStdString(asked.address()))
                        .toStdString());
    }
}

/// A global pooling looks at the whole map.
QRect windowAt(const ModelSummary &model, int node, QPoint at)
{
    const Window window = windowOf(model.description, model.shapes, node);
    if (nodeOf(model, node).operation == Operation::GlobalAveragePooling)
        return {0, 0, window.in.width, window.in.height};
    return {at.x() * window.stride - window.padLeft, at.y() * window.stride - window.padTop,
            window.kernelWidth, window.kernelHeight};
}

UnitExplanation explainPooling(const UnitStory &pooling, const Tensor &input, int channel)
{
    UnitExplanation result;
    const QRect covered = pooling.window & QRect(0, 0, input.shape().width, input.shape().height);
    const float share = 1.0F / float(covered.width() * covered.height());
    const float weight = pooling.isMaximum() ? 0 : share;
    for (int y = covered.top(); y <= covered.bottom(); ++y)
        for (int x = covered.left(); x <= covered.right(); ++x)
            result.terms.push_back({y, x, channel, input.at(y, x, channel), weight});
    if (pooling.isMaximum())
        std::ranges::max_element(result.terms, {}, &UnitTerm::value)->weight = 1;
    for (const UnitTerm &term : result.terms)
        result.sum += term.product();
    result.activation = result.sum;
    return result;
}

} // namespace

QString UnitStory::address() const
{
    const Node &asked = model().description.nodes[std::size_t(question.node)];
    return QString::fromStdString(toString(
        UnitAddress{asked.address(), question.channel, question.position.y(), question.position.x()}));
}

UnitStoryPtr storyOf(Runner &runner, const Trace &trace, const WeightFile &file, const UnitQuestion &question,
                     const std::stop_token &stop)
{
    const ModelSummary &model = *question.model;
    const Description &description = model.description;
    const UnitQuestion unit = behindConcatenations(model, question);
    const Node &asked = nodeOf(model, unit.node);
    auto story = std::make_shared<UnitStory>();
    story->question = question;
    story->source = sourceOf(model, unit.node);
    story->relu = asked.operation == Operation::Relu || asked.relu;
    const Node &before = nodeOf(model, story->node().inputs.front());

    const Block &block = *description.findBlock(asked.block);
    const int index = int(&block - description.blocks.data());
    const bool isAdded = story->source != unit.node;
    RunOptions options;
    options.stop = stop;
    options.capture = {asked.address(), before.address()};
    if (isAdded)
        options.capture.push_back(nodeOf(model, block.input).address());
    // The first block reads the picture itself.
    const Tensor &input = block.input < 0 ? trace.input : inputOf(block, description, trace.outputs);
    const RunResult run = runner.runBlocks(input, index, index, options);

    const QPoint at = unit.position;
    const auto valueOf = [&](const Node &node) {
        return run.captured.at(node.address())->at(at.y(), at.x(), unit.channel);
    };
    story->activation = valueOf(asked);
    if (isAdded)
        story->shortcut = double(valueOf(nodeOf(model, block.input)));
    const Tensor &looked = *run.captured.at(before.address());
    story->window = windowAt(model, story->source, at);
    if (story->isPooling()) {
        story->explanation = explainPooling(*story, looked, unit.channel);
        return story;
    }
    story->explanation = explainUnit(file, model.shapes, story->source, looked, at.y(), at.x(), unit.channel);
    if (before.operation == Operation::Concatenation && before.block == asked.block)
        story->shares = sharesOfBranches(description, model.shapes, story->source, story->explanation);
    return story;
}

} // namespace reslens
