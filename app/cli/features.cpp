// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model.h"
#include "engine/analysis/montage.h"
#include "engine/analysis/statistics.h"
#include "engine/export/hdf5_tensor.h"
#include "engine/export/npy.h"
#include "engine/runner.h"
#include "engine/tensor_address.h"
#include "ui/picture/picture_writer.h"

#include <QFileInfo>

namespace reslens::cli {
namespace {

/// A tensor and what to say of it in the files that it is written to.
struct Capture
{
    std::string address;
    std::shared_ptr<const Tensor> tensor;
    std::vector<std::size_t> extents;
    std::map<std::string, std::string> origin; ///< image, model, preprocessing
};

using Writer = void (*)(const QString &file, const Capture &capture);

void writeAsNpy(const QString &file, const Capture &capture)
{
    writeNpy(file.toStdString(), capture.tensor->values(), capture.extents);
}

void writeAsHdf5(const QString &file, const Capture &capture)
{
    writeHdf5Tensor(file.toStdString(), capture.address, capture.tensor->values(), capture.extents,
                    capture.origin);
}

void writeAsPng(const QString &file, const Capture &capture)
{
    const Statistics statistics = statisticsOf(capture.tensor->view());
    const ColorScale scale = scaleFor(statistics.minimum, statistics.maximum);
    QMap<QString, QString> texts{
        {"tensor", QString::fromStdString(capture.address)},
        {"scale", QStringLiteral("%1 to %2").arg(double(scale.low)).arg(double(scale.high))}};
    for (const auto &[key, text] : capture.origin)
        texts.insert(QString::fromStdString(key), QString::fromStdString(text));
    writePng(file, montage(capture.tensor->view(), scale), texts);
}

Writer writerFor(const QString &file)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix == "npy")
        return writeAsNpy;
    if (suffix == "h5" || suffix == "hdf5")
        return writeAsHdf5;
    if (suffix == "png")
        return writeAsPng;
    throw UsageError(
        QStringLiteral("--output takes a file that ends in .npy, .h5 or .png, not \"%1\".").arg(file));
}

Capture capture(const CommandLine &line, const Picture &picture)
{
    const std::string address = line.value("tensor").toStdString();
    const std::shared_ptr<const Network> network = loadModel(line);
    const int node = findTensor(network->description(), address);

    RunOptions options;
    options.capture = {address};
    options.stop = interruptToken();
    const Image square = resizeForNetwork(*picture.pixels, network->inputSize(), line.preprocessing());
    RunResult result = Runner(network, line.threads()).run(normalize(square), options);

    return {.address = address,
            .tensor = result.captured.at(address),
            .extents = exportExtents(network->description().nodes[std::size_t(node)], network->shape(node)),
            .origin = {{"image", picture.name.toStdString()},
                       {"model", network->info().name},
                       {"preprocessing", toString(line.preprocessing())}}};
}

} // namespace

int features(const QStringList &arguments)
{
    CommandLine line(
        "features", "IMAGE --tensor BLOCK/TENSOR --output FILE",
        "Writes the values of one tensor inside the network for a picture.\n\n"
        "The file's suffix decides what is written:\n"
        "  .npy  float32 in C order, height x width x channels (vectors: their length)\n"
        "  .h5   a dataset named like the tensor, with the picture's and the model's names\n"
        "  .png  all channels, row by row from the top left, on one colour scale: viridis from 0 to the\n"
        "        maximum, or blue-grey-red with 0 at grey if there are negative values\n\n"
        "The blocks are stem, mixed_5b, block35_1 to 10, mixed_6a, block17_1 to 20, mixed_7a,\n"
        "block8_1 to 10, conv_7b and predictions. For the tensors of a block, ask for one that\n"
        "does not exist: --tensor block17_3/?");
    line.add({"tensor", "The tensor's address: block17_3/residual, stem/output, predictions/logits.",
              "BLOCK/TENSOR"});
    line.add({{"o", "output"}, "The file to write: .npy, .h5 or .png.", "FILE"});
    line.addModel();
    line.addPreprocessing();
    line.addThreads();
    if (!line.parse(arguments))
        return statusDone;
    if (line.arguments().size() != 1)
        throw UsageError("features needs exactly one picture.");
    if (line.value("tensor").isEmpty() || line.value("output").isEmpty())
        throw UsageError("features needs --tensor and --output.");

    const QString file = line.output();
    const Writer write = writerFor(file);
    const Picture picture = readPicture(line.arguments().first(), line.readOptions());
    const Capture captured = capture(line, picture);
    write(file, captured);
    print(QStringLiteral("%1, %2, is in %3\n")
              .arg(QString::fromStdString(captured.address),
                   QString::fromStdString(toString(captured.tensor->shape())), file));
    return statusDone;
}

} // namespace reslens::cli
