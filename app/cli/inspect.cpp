// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model.h"
#include "engine/cost.h"
#include "engine/error.h"
#include "engine/report.h"
#include "engine/weights/weight_file.h"
#include "resources/resources.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>

namespace reslens::cli {
namespace {

struct BlockEntry
{
    QString name;
    Shape shape;
    Cost cost;
};

struct Report
{
    ModelInfo info;
    std::vector<BlockEntry> blocks;
    std::int64_t flops = 0; ///< of one picture
    QString sha256;
};

QString sha256Of(const QString &path)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (path.isEmpty()) {
        const std::span<const std::byte> bytes = embeddedModel();
        hash.addData(QByteArrayView(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())));
    } else {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
            throw Error(
                ErrorKind::FileUnreadable,
                QStringLiteral("\"%1\" cannot be read: %2.").arg(path, file.errorString()).toStdString());
    }
    return QString::fromLatin1(hash.result().toHex());
}

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

Report examine(const QString &path)
{
    const WeightFile file = openWeights(path);
    readAllWeights(file);

    Report report{namedInfo(file.info()), {}, 0, sha256Of(path)};
    const Description &description = file.description();
    const std::vector<Shape> shapes = inferShapes(description, report.info.inputSize);
    for (const Block &block : description.blocks) {
        const Cost cost = costOf(description, shapes, block);
        report.blocks.push_back(
            {QString::fromStdString(block.name), shapes[std::size_t(block.output)], cost});
        report.flops += cost.flops;
    }
    return report;
}

QJsonObject toJson(const Report &report)
{
    QJsonArray blocks;
    for (const BlockEntry &block : report.blocks)
        blocks.append(QJsonObject{{"name", block.name},
                                  {"height", block.shape.height},
                                  {"width", block.shape.width},
                                  {"channels", block.shape.channels},
                                  {"parameters", qint64(block.cost.parameters)},
                                  {"flops", qint64(block.cost.flops)}});
    QJsonArray classes;
    for (const ClassLabel &label : report.info.classes)
        classes.append(QJsonObject{{"class", classes.size()},
                                   {"wnid", QString::fromStdString(label.wnid)},
                                   {"name", QString::fromStdString(label.name)}});
    return {{"model", QString::fromStdString(report.info.name)},
            {"about", QString::fromStdString(report.info.about)},
            {"parameters", qint64(report.info.parameters)},
            {"flops", qint64(report.flops)},
            {"input_size", report.info.inputSize},
            {"blocks", blocks},
            {"classes", classes},
            {"sha256", report.sha256}};
}

QString describeClasses(const std::vector<ClassLabel> &classes)
{
    if (classes.empty())
        return "none: there is no classification head (\"no top\")";
    return QStringLiteral("%1, from %2 to %3")
        .arg(QString::fromStdString(formatCount(std::int64_t(classes.size()))),
             QString::fromStdString(classes.front().name), QString::fromStdString(classes.back().name));
}

QString toText(const Report &report)
{
    const ModelInfo &info = report.info;
    QString text = QStringLiteral("%1\n").arg(QString::fromStdString(info.name));
    if (!info.about.empty())
        text += QStringLiteral("%1\n").arg(QString::fromStdString(info.about).trimmed());
    text += QStringLiteral("\nparameters  %1\n").arg(QString::fromStdString(formatCount(info.parameters)));
    text += QStringLiteral("computation %1 GFLOP a picture\n").arg(double(report.flops) / 1e9, 0, 'f', 3);
    text += QStringLiteral("input       %1 × %1\n").arg(info.inputSize);
    text += QStringLiteral("classes     %1\n").arg(describeClasses(info.classes));
    text += QStringLiteral("sha256      %1\n\n").arg(report.sha256);
    text += QStringLiteral("block        height  width  channels  parameters    GFLOP\n");
    for (const BlockEntry &block : report.blocks)
        text += QStringLiteral("%1  %2  %3  %4  %5  %6\n")
                    .arg(block.name, -11)
                    .arg(block.shape.height, 6)
                    .arg(block.shape.width, 5)
                    .arg(block.shape.channels, 8)
                    .arg(QString::fromStdString(formatCount(block.cost.parameters)), 10)
                    .arg(double(block.cost.flops) / 1e9, 7, 'f', 3);
    return text;
}

} // namespace

int inspect(const QStringList &arguments)
{
    CommandLine line(
        "inspect", "[FILE]",
        "Says what a model file is: its parameters, blocks, widths, input size and classes; or what is "
        "wrong with it.\nWithout a file, the built-in model.");
    line.addJson();
    if (!line.parse(arguments))
        return statusDone;
    if (line.arguments().size() > 1)
        throw UsageError("inspect takes one file.");

    const Report report = examine(line.arguments().value(0));
    if (line.isSet("json"))
        print(toJson(report));
    else
        print(toText(report));
    return statusDone;
}

} // namespace reslens::cli
