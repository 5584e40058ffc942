// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/unit_story.h"

#include "engine/error.h"
#include "engine/plan/window.h"
#include "engine/unit_address.h"

#include <QCoreApplication>

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

/// The convolution or dense layer whose sum the unit is, or is added to.
int convolutionOf(const ModelSummary &model, int node)
{
    const Node &asked = nodeOf(model, node);
    switch (asked.operation) {
    case Operation::Convolution:
    case Operation::Dense:
        return node;
    case Operation::ResidualAddition:
        return asked.inputs[1];
    case Operation::Relu:
        return convolutionOf(model, asked.inputs.front());
    case Operation::Input:
        throw Error(ErrorKind::InvalidArgument,
                    QCoreApplication::translate("UnitStory", "This is the picture itself: nothing has been "
                                                             "computed yet.")
                        .toStdString());
    case Operation::Softmax:
        throw Error(ErrorKind::InvalidArgument,
                    QCoreApplication::translate("UnitStory",
                                                "%1 is the softmax of all logits: e to the class's "
                                                "logit, divided by the sum of this over all "
                                                "classes.")
                        .arg(QString::fromStdString(asked.address()))
                        .toStdString());
    default:
        throw Error(ErrorKind::InvalidArgument,
                    QCoreApplication::translate("UnitStory",
                                                "%1 is no sum of products: a pooling takes the greatest "
                                                "value of its window, or the mean.")
                        .arg(QString::fromStdString(asked.address()))
                        .toStdString());
    }
}

} // namespace

QString UnitStory::address() const
{
    const Node &asked = model->description.nodes[std::size_t(question.node)];
    return QString::fromStdString(toString(
        UnitAddress{asked.address(), question.channel, question.position.y(), question.position.x()}));
}

UnitStoryPtr storyOf(Runner &runner, const Trace &trace, const WeightFile &file, const ModelSummaryPtr &model,
                     const UnitQuestion &question, const std::stop_token &stop)
{
    const Description &description = model->description;
    const UnitQuestion unit = behindConcatenations(*model, question);
    const Node &asked = nodeOf(*model, unit.node);
    auto story = std::make_shared<UnitStory>();
    story->question = question;
    story->model = model;
    story->convolution = convolutionOf(*model, unit.node);
    story->relu = asked.operation == Operation::Relu || asked.relu;
    const Node &source = nodeOf(*model, story->node().inputs.front());

    const Block &block = *description.findBlock(asked.block);
    const int index = int(&block - description.blocks.data());
    const bool isAdded = story->convolution != unit.node;
    RunOptions options;
    options.stop = stop;
    options.capture = {asked.address(), source.address()};
    if (isAdded)
        options.capture.push_back(nodeOf(*model, block.input).address());
    // The first block reads the picture itself.
    const Tensor &input = block.input < 0 ? trace.input : inputOf(block, description, trace.outputs);
    const RunResult run = runner.runBlocks(input, index, index, options);

    const QPoint at = unit.position;
    const auto valueOf = [&](const Node &node) {
        return run.captured.at(node.address())->at(at.y(), at.x(), unit.channel);
    };
    story->activation = valueOf(asked);
    if (isAdded)
        story->shortcut = double(valueOf(nodeOf(*model, block.input)));
    story->explanation = explainUnit(file, model->shapes, story->convolution,
                                     *run.captured.at(source.address()), at.y(), at.x(), unit.channel);
    if (source.operation == Operation::Concatenation && source.block == asked.block)
        story->shares = sharesOfBranches(description, model->shapes, story->convolution, story->explanation);
    const Window window = windowOf(description, model->shapes, story->convolution);
    story->window = QPoint(at.x() * window.stride - window.padLeft, at.y() * window.stride - window.padTop);
    return story;
}

} // namespace reslens
