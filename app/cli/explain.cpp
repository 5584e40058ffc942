// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model.h"
#include "engine/analysis/unit_origin.h"
#include "engine/error.h"
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

/// A unit of a network, and how it came to be.
struct Answer
{
    UnitAddress unit;
    QString picture;
    QString preprocessing;
    int node = 0;
    std::shared_ptr<const Network> network;
    UnitOrigin origin;

    const Node &nodeAt(int index) const { return network->description().nodes[std::size_t(index)]; }
    const Node &source() const { return nodeAt(origin.source); }
    QString input() const { return text(nodeAt(source().inputs.front()).address()); }
};

/// What every document begins with.
QJsonObject documentOf(const Answer &answer)
{
    return {{"model", text(answer.network->info().name)},
            {"file", answer.picture},
            {"input_size", answer.network->inputSize()},
            {"preprocessing", answer.preprocessing},
            {"unit", text(toString(answer.unit))},
            {"bias", double(answer.origin.explanation.bias)},
            {"sum", answer.origin.sum()},
            {"relu", answer.origin.relu},
            {"activation", double(answer.origin.activation)}};
}

QJsonArray branchesOf(const Answer &answer)
{
    QJsonArray branches;
    for (const BranchShare &share : answer.origin.shares)
        branches.append(QJsonObject{{"branch", text(answer.nodeAt(share.node).tensor)}, {"sum", share.sum}});
    return branches;
}

/// "branch_0 0.1 − branch_1 0.2 + bias 0.3"
QString sumInWords(const Answer &answer)
{
    QString words;
    const auto add = [&](const QString &name, double value) {
        words += words.isEmpty()
                     ? QStringLiteral("%1 %2").arg(name, number(value))
                     : QStringLiteral(" %1 %2 %3").arg(sign(value), name, number(std::abs(value)));
    };
    for (const BranchShare &share : answer.origin.shares)
        add(text(answer.nodeAt(share.node).tensor), share.sum);
    add("bias", double(answer.origin.explanation.bias));
    return words;
}

QJsonObject documentOfTerms(const Answer &answer)
{
    QJsonArray terms;
    for (const UnitTerm &term : answer.origin.explanation.terms)
        terms.append(QJsonObject{{"row", term.y},
                                 {"column", term.x},
                                 {"channel", term.channel},
                                 {"value", double(term.value)},
                                 {"weight", double(term.weight)}});
    const Node &source = answer.source();
    QJsonObject document = documentOf(answer);
    document.insert("input", answer.input());
    document.insert("kernel", QJsonArray{answer.origin.window.height(), answer.origin.window.width()});
    document.insert("terms", terms);
    if (!source.hasWeights())
        document.insert("pooling", source.operation == Operation::MaxPooling ? "maximum" : "mean");
    if (answer.nodeAt(answer.node).operation == Operation::Concatenation)
        document.insert("branch", text(source.address()));
    if (!answer.origin.shares.empty())
        document.insert("branches", branchesOf(answer));
    return document;
}

QString operationInWords(const Answer &answer)
{
    const Node &source = answer.source();
    const QString window =
        QStringLiteral("%1 × %2").arg(answer.origin.window.height()).arg(answer.origin.window.width());
    if (source.operation == Operation::Dense)
        return QStringLiteral("a dense layer on %1").arg(answer.input());
    if (source.operation == Operation::MaxPooling)
        return QStringLiteral("the greatest of %1 values of %2").arg(window, answer.input());
    if (!source.hasWeights())
        return QStringLiteral("the mean of %1 values of %2; what hangs over the border does not count")
            .arg(window, answer.input());
    return QStringLiteral("a %1 convolution of %2, %3 folded in")
        .arg(window, answer.input(),
             source.batchNormalization ? "batch normalization" : "the residual scale");
}

void printTerms(const Answer &answer, int count)
{
    const UnitExplanation &explanation = answer.origin.explanation;
    QString out = QStringLiteral("%1 = %2\n")
                      .arg(text(toString(answer.unit)), number(double(answer.origin.activation)));
    if (answer.nodeAt(answer.node).operation == Operation::Concatenation)
        out += QStringLiteral("of %1: ").arg(text(answer.source().address()));
    out += operationInWords(answer) + '\n';
    if (answer.source().hasWeights())
        out += QStringLiteral("%1 products %2 + bias %3 = %4%5\n")
                   .arg(explanation.terms.size())
                   .arg(number(explanation.sum - double(explanation.bias)), number(double(explanation.bias)),
                        number(explanation.sum), answer.origin.relu ? ", then the ReLU" : "");
    if (!answer.origin.shares.empty())
        out += QStringLiteral("by branch: %1\n").arg(sumInWords(answer));
    std::vector<UnitTerm> terms = explanation.terms;
    std::ranges::stable_sort(terms, std::greater(),
                             [](const UnitTerm &term) { return std::abs(term.product()); });
    terms.resize(std::min(terms.size(), std::size_t(count)));
    for (const UnitTerm &term : terms)
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
QJsonObject documentOfAddition(const Answer &answer)
{
    QJsonObject document = documentOf(answer);
    document.insert("input", *answer.origin.shortcut);
    document.insert("residual", answer.origin.explanation.sum);
    document.insert("branches", branchesOf(answer));
    return document;
}

void printAddition(const Answer &answer)
{
    const double residual = answer.origin.explanation.sum;
    print(QStringLiteral("%1 = %2\nx + s·F(x): %3 %4 %5 = %6%7\ns·F(x) by branch: %8\n")
              .arg(text(toString(answer.unit)), number(double(answer.origin.activation)),
                   number(*answer.origin.shortcut), sign(residual), number(std::abs(residual)),
                   number(answer.origin.sum()), answer.origin.relu ? ", then the ReLU" : "",
                   sumInWords(answer)));
}

} // namespace

int explain(const QStringList &arguments)
{
    CommandLine line(
        "explain", "IMAGE --unit BLOCK/TENSOR/chN@(ROW,COLUMN)",
        "Shows how one value inside the network came to be for a picture: for a convolution or\n"
        "dense layer the values that it looked at, their weights, the bias and the sum; for a\n"
        "pooling the values under its window; for the sum or output of a residual block x + s·F(x),\n"
        "and what each branch adds. Stacked maps are followed to the branch that they came from.\n"
        "Rows, columns and channels are counted from 0, from the top left.");
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
    const Image square = resizeForNetwork(*picture.pixels, network->inputSize(), line.preprocessing());
    const Tensor input = normalize(square);
    Runner runner(network, line.threads());
    const int node = findTensor(description, unit.tensor);
    const BlockOutputs outputs =
        runner.run(input, {.capture = blockOutputAddresses(description), .stop = interruptToken()}).captured;
    const Answer answer{unit,
                        file,
                        describePreparation(line.preparation()),
                        node,
                        network,
                        originOf(runner, input, outputs, openWeightFile(line.model()),
                                 {.node = node, .channel = unit.channel, .y = unit.row, .x = unit.column},
                                 interruptToken())};
    const bool isAddition = answer.origin.shortcut.has_value();
    if (line.isSet("json"))
        print(isAddition ? documentOfAddition(answer) : documentOfTerms(answer));
    else if (isAddition)
        printAddition(answer);
    else
        printTerms(answer, count);
    return statusDone;
}

} // namespace reslens::cli
