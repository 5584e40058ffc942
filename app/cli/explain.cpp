// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model.h"
#include "engine/analysis/unit_explanation.h"
#include "engine/error.h"
#include "engine/runner.h"
#include "engine/shapes.h"
#include "engine/tensor_address.h"
#include "engine/unit_address.h"
#include "ui/weights/model_file.h"

#include <QJsonArray>

#include <algorithm>

namespace reslens::cli {
namespace {

QString text(const std::string &words)
{
    return QString::fromStdString(words);
}

QString number(double value)
{
    return QString::number(value, 'g', 6);
}

QString sign(double value)
{
    return value < 0 ? QStringLiteral("−") : QStringLiteral("+");
}

/// A unit of a network, with the picture's values at hand.
struct Question
{
    UnitAddress unit;
    QString picture;
    QString preprocessing;
    int node = 0;
    WeightFile file;
    std::shared_ptr<const Network> network;
    std::vector<Shape> shapes; ///< of each node
    RunResult run;

    const Node &nodeAt(int index) const { return network->description().nodes[std::size_t(index)]; }
    float valueOf(int index) const
    {
        return run.captured.at(nodeAt(index).address())->at(unit.row, unit.column, unit.channel);
    }
};

/// The nodes whose values say how the unit came to be: its own and those that it is computed from, of a
/// residual block down to the branches.
std::vector<int> nodesBehind(const Description &description, int node)
{
    std::vector<int> nodes{node};
    const Node &asked = description.nodes[std::size_t(node)];
    for (const int input : asked.inputs) {
        nodes.push_back(input);
        const Operation operation = description.nodes[std::size_t(input)].operation;
        const bool isResidual = asked.operation == Operation::ResidualAddition && input == asked.inputs[1];
        if (operation == Operation::ResidualAddition || isResidual)
            std::ranges::copy(nodesBehind(description, input), std::back_inserter(nodes));
    }
    return nodes;
}

void checkUnit(const UnitAddress &unit, const Node &node, const Shape &shape)
{
    const bool explained = node.hasWeights() || node.operation == Operation::ResidualAddition ||
                           node.operation == Operation::Relu;
    if (!explained)
        throw Error(ErrorKind::InvalidArgument,
                    unit.tensor + " is no convolution or dense layer, nor the sum or output of a "
                                  "residual block");
    if (unit.row >= shape.height || unit.column >= shape.width || unit.channel >= shape.channels)
        throw Error(ErrorKind::InvalidArgument,
                    "There is no " + toString(unit) + ": " + unit.tensor + " is " + toString(shape));
}

UnitExplanation explainConvolution(const Question &question, int node)
{
    return explainUnit(
        question.file, question.shapes, node,
        *question.run.captured.at(question.nodeAt(question.nodeAt(node).inputs.front()).address()),
        question.unit.row, question.unit.column, question.unit.channel);
}

/// What each branch adds to a convolution over concatenated branches of its own block; nothing elsewhere.
std::vector<BranchShare> sharesOf(const Question &question, int node, const UnitExplanation &explanation)
{
    const Node &source = question.nodeAt(question.nodeAt(node).inputs.front());
    if (source.operation != Operation::Concatenation || source.block != question.nodeAt(node).block)
        return {};
    return sharesOfBranches(question.network->description(), question.shapes, node, explanation);
}

/// What every document begins with.
QJsonObject documentOf(const Question &question)
{
    return {{"model", text(question.network->info().name)},
            {"file", question.picture},
            {"input_size", question.network->inputSize()},
            {"preprocessing", question.preprocessing},
            {"unit", text(toString(question.unit))}};
}

QJsonArray toJson(const Question &question, const std::vector<BranchShare> &shares)
{
    QJsonArray branches;
    for (const BranchShare &share : shares)
        branches.append(
            QJsonObject{{"branch", text(question.nodeAt(share.node).tensor)}, {"sum", share.sum}});
    return branches;
}

/// "branch_0 0.1 − branch_1 0.2 + bias 0.3"
QString sumInWords(const Question &question, const std::vector<BranchShare> &shares, double bias)
{
    QString words;
    const auto add = [&](const QString &name, double value) {
        words += words.isEmpty()
                     ? QStringLiteral("%1 %2").arg(name, number(value))
                     : QStringLiteral(" %1 %2 %3").arg(sign(value), name, number(std::abs(value)));
    };
    for (const BranchShare &share : shares)
        add(text(question.nodeAt(share.node).tensor), share.sum);
    add("bias", bias);
    return words;
}

QJsonObject documentOf(const Question &question, const UnitExplanation &explanation)
{
    const Node &node = question.nodeAt(question.node);
    QJsonArray terms;
    for (const UnitTerm &term : explanation.terms)
        terms.append(QJsonObject{{"row", term.y},
                                 {"column", term.x},
                                 {"channel", term.channel},
                                 {"value", double(term.value)},
                                 {"weight", double(term.weight)}});
    QJsonObject document = documentOf(question);
    document.insert("input", text(question.nodeAt(node.inputs.front()).address()));
    document.insert("kernel", QJsonArray{node.kernelHeight, node.kernelWidth});
    document.insert("terms", terms);
    document.insert("bias", double(explanation.bias));
    document.insert("sum", explanation.sum);
    document.insert("relu", node.relu);
    document.insert("activation", double(question.valueOf(question.node)));
    if (const std::vector<BranchShare> shares = sharesOf(question, question.node, explanation);
        !shares.empty())
        document.insert("branches", toJson(question, shares));
    return document;
}

void printConvolution(const Question &question, UnitExplanation explanation, int count)
{
    const Node &node = question.nodeAt(question.node);
    QString out = QStringLiteral("%1 = %2\n")
                      .arg(text(toString(question.unit)), number(double(question.valueOf(question.node))));
    const QString input = text(question.nodeAt(node.inputs.front()).address());
    if (node.operation == Operation::Dense)
        out += QStringLiteral("a dense layer on %1\n").arg(input);
    else
        out += QStringLiteral("a %1 × %2 convolution of %3, %4 folded in\n")
                   .arg(node.kernelHeight)
                   .arg(node.kernelWidth)
                   .arg(input, node.batchNormalization ? "batch normalization" : "the residual scale");
    out += QStringLiteral("%1 products %2 + bias %3 = %4%5\n")
               .arg(explanation.terms.size())
               .arg(number(explanation.sum - double(explanation.bias)), number(double(explanation.bias)),
                    number(explanation.sum), node.relu ? ", then the ReLU" : "");
    if (const std::vector<BranchShare> shares = sharesOf(question, question.node, explanation);
        !shares.empty())
        out += QStringLiteral("by branch: %1\n").arg(sumInWords(question, shares, double(explanation.bias)));
    std::ranges::sort(explanation.terms, std::greater(),
                      [](const UnitTerm &term) { return std::abs(term.product()); });
    explanation.terms.resize(std::min(explanation.terms.size(), std::size_t(count)));
    for (const UnitTerm &term : explanation.terms)
        out += QStringLiteral("  %1 = %2 × %3  ch%4@(%5,%6)\n")
                   .arg(number(term.product()), 12)
                   .arg(number(double(term.value)), 10)
                   .arg(number(double(term.weight)), 10)
                   .arg(term.channel)
                   .arg(term.y)
                   .arg(term.x);
    print(out);
}

/// x + s·F(x) of a residual block, with the real numbers, and s·F(x) by branch.
void explainAddition(const Question &question, bool json)
{
    const Node &asked = question.nodeAt(question.node);
    const Node &sum = asked.operation == Operation::Relu ? question.nodeAt(asked.inputs.front()) : asked;
    const double x = double(question.valueOf(sum.inputs[0]));
    const double residual = double(question.valueOf(sum.inputs[1]));
    const double activation = double(question.valueOf(question.node));
    const UnitExplanation explanation = explainConvolution(question, sum.inputs[1]);
    const std::vector<BranchShare> shares = sharesOf(question, sum.inputs[1], explanation);
    if (json) {
        QJsonObject document = documentOf(question);
        document.insert("input", x);
        document.insert("residual", residual);
        document.insert("branches", toJson(question, shares));
        document.insert("bias", double(explanation.bias));
        document.insert("sum", x + residual);
        document.insert("relu", asked.operation == Operation::Relu);
        document.insert("activation", activation);
        print(document);
        return;
    }
    print(QStringLiteral("%1 = %2\nx + s·F(x): %3 %4 %5 = %6%7\ns·F(x) by branch: %8\n")
              .arg(text(toString(question.unit)), number(activation), number(x), sign(residual),
                   number(std::abs(residual)), number(x + residual),
                   asked.operation == Operation::Relu ? ", then the ReLU" : "",
                   sumInWords(question, shares, double(explanation.bias))));
}

} // namespace

int explain(const QStringList &arguments)
{
    CommandLine line(
        "explain", "IMAGE --unit BLOCK/TENSOR/chN@(ROW,COLUMN)",
        "Shows how one value inside the network came to be for a picture: for a convolution or\n"
        "dense layer the values that it looked at, their weights, the bias and the sum; for the sum\n"
        "or output of a residual block x + s·F(x), and what each branch adds. Rows, columns and channels are "
        "counted from 0, from the "
        "top left.");
    line.add({"unit", "The unit: block17_3/branch_1/ch37@(8,5).", "UNIT"});
    line.add(
        {"top", "How many products to list, the largest first (default: 10); --json has all.", "N", "10"});
    line.addModel();
    line.addPreprocessing();
    line.addThreads();
    line.addJson();
    if (!line.parse(arguments))
        return statusDone;
    const QString file = line.picture();
    if (line.value("unit").isEmpty())
        throw UsageError("explain needs --unit.");
    const int count = line.number("top", 0, mostListed);

    const UnitAddress unit = parseUnitAddress(line.value("unit").toStdString());
    const Picture picture = readPicture(file, line.readOptions());
    const auto network = loadModel(line);
    const Description &description = network->description();
    const int node = findTensor(description, unit.tensor);
    checkUnit(unit, description.nodes[std::size_t(node)], network->shape(node));

    RunOptions options;
    options.stop = interruptToken();
    for (const int behind : nodesBehind(description, node))
        options.capture.push_back(description.nodes[std::size_t(behind)].address());
    const Image square = resizeForNetwork(*picture.pixels, network->inputSize(), line.preprocessing());
    const Question question{unit,
                            file,
                            describePreparation(line.preparation()),
                            node,
                            openWeightFile(line.model()),
                            network,
                            inferShapes(description, network->inputSize()),
                            Runner(network, line.threads()).run(normalize(square), options)};
    if (!description.nodes[std::size_t(node)].hasWeights()) {
        explainAddition(question, line.isSet("json"));
        return statusDone;
    }
    const UnitExplanation explanation = explainConvolution(question, node);
    if (line.isSet("json"))
        print(documentOf(question, explanation));
    else
        printConvolution(question, explanation, count);
    return statusDone;
}

} // namespace reslens::cli
