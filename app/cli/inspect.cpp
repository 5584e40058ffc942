// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "engine/report.h"
#include "ui/weights/model_file.h"
#include "ui/weights/model_report.h"
#include "ui/weights/official_weights.h"

#include <QJsonArray>

namespace reslens::cli {
namespace {

/// Opening checks names and shapes; only reading shows whether the values are whole and finite.
void readAllWeights(const WeightFile &file)
{
    LayerWeights weights;
    const std::vector<Node> &nodes = file.description().nodes;
    for (std::size_t node = 0; node < nodes.size(); ++node) {
        throwIfInterrupted();
        if (nodes[node].hasWeights())
            file.read(int(node), weights);
    }
}

QString text(const std::string &words)
{
    return QString::fromStdString(words);
}

QJsonObject toJson(const ModelReport::BlockEntry &block)
{
    QJsonArray widths;
    for (const LayerWidth &width : block.widths)
        widths.append(QJsonObject{{"tensor", text(width.tensor)}, {"filters", width.filters}});
    return {{"name", text(block.name)},
            {"height", block.output.height},
            {"width", block.output.width},
            {"channels", block.output.channels},
            {"parameters", qint64(block.cost.parameters)},
            {"flops", qint64(block.cost.flops)},
            {"widths", widths}};
}

QJsonObject toJson(const ModelReport &report, const QString &sha256)
{
    QJsonArray blocks;
    for (const ModelReport::BlockEntry &block : report.blocks)
        blocks.append(toJson(block));
    QJsonArray classes;
    for (const ClassLabel &label : report.info.classes)
        classes.append(
            QJsonObject{{"class", classes.size()}, {"wnid", text(label.wnid)}, {"name", text(label.name)}});
    return {{"model", text(report.info.name)},
            {"about", text(report.info.about)},
            {"format", text(toString(report.origin.format))},
            {"program", text(report.origin.program)},
            {"keras_version", text(report.origin.kerasVersion)},
            {"backend", text(report.origin.backend)},
            {"saved", text(report.origin.saved)},
            {"untrained", report.info.untrained},
            {"bytes", report.fileSize},
            {"parameters", qint64(report.info.parameters)},
            {"flops", qint64(report.flops)},
            {"input_size", report.info.inputSize},
            {"blocks", blocks},
            {"classes", classes},
            {"sha256", sha256}};
}

QString describeClasses(const std::vector<ClassLabel> &classes)
{
    if (classes.empty())
        return "none: there is no classification head (\"no top\")";
    return QStringLiteral("%1, from %2 to %3")
        .arg(text(formatCount(std::int64_t(classes.size()))), text(classes.front().name),
             text(classes.back().name));
}

QString describeWidths(const std::vector<LayerWidth> &widths)
{
    QStringList parts;
    for (const LayerWidth &width : widths)
        parts << QString::number(width.filters);
    return parts.join(' ');
}

QString toText(const ModelReport &report, const QString &sha256)
{
    const ModelInfo &info = report.info;
    QString result = escaped(text(info.name)) + '\n';
    if (!info.about.empty())
        result += QStringLiteral("%1\n").arg(text(info.about).trimmed());
    result += QStringLiteral("\nfile        %1, %2 bytes\n")
                  .arg(text(toString(report.origin.format)), text(formatCount(report.fileSize)));
    result += QStringLiteral("written by  %1\n").arg(text(describeWriter(report.origin)));
    result += QStringLiteral("parameters  %1\n").arg(text(formatCount(info.parameters)));
    result += QStringLiteral("computation %1 GFLOP a picture\n").arg(double(report.flops) / 1e9, 0, 'f', 3);
    result += QStringLiteral("input       %1 × %1\n").arg(info.inputSize);
    result += QStringLiteral("classes     %1\n").arg(describeClasses(info.classes));
    result += QStringLiteral("sha256      %1\n\n").arg(sha256);
    result +=
        QStringLiteral("block        height  width  channels  parameters    GFLOP  filters of its layers\n");
    for (const ModelReport::BlockEntry &block : report.blocks)
        result += QStringLiteral("%1  %2  %3  %4  %5  %6  %7\n")
                      .arg(text(block.name), -11)
                      .arg(block.output.height, 6)
                      .arg(block.output.width, 5)
                      .arg(block.output.channels, 8)
                      .arg(text(formatCount(block.cost.parameters)), 10)
                      .arg(double(block.cost.flops) / 1e9, 7, 'f', 3)
                      .arg(describeWidths(block.widths));
    return result;
}

} // namespace

int inspect(const QStringList &arguments)
{
    CommandLine line(
        "inspect", "[FILE]",
        "Says what a model file is: who wrote it, its parameters, blocks, widths, input size and classes; or "
        "what is wrong with it.\nWithout a file, the built-in model; \"official\" and \"official-notop\" "
        "are the weights that fetch-weights fetches.");
    line.addClasses();
    line.addJson();
    if (!line.parse(arguments))
        return statusDone;
    if (line.arguments().size() > 1)
        throw UsageError("inspect takes one file.");

    const QString asked = line.arguments().value(0);
    requireText(asked);
    const QString path = resolveModel(asked);
    const WeightFile file = openWeightFile(path);
    readAllWeights(file);
    const ModelReport report = reportOn(file, line.value("classes"));
    const QString sha256 = sha256Of(path, interruptToken());
    if (line.isSet("json"))
        print(toJson(report, sha256));
    else
        print(toText(report, sha256));
    return statusDone;
}

} // namespace reslens::cli
