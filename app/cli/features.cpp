// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model.h"
#include "engine/error.h"
#include "engine/runner.h"
#include "engine/tensor_address.h"
#include "ui/export/tensor_files.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace reslens::cli {
namespace {

bool asksForOne(const CommandLine &line)
{
    return line.values("tensor").size() == 1 && !line.isSet("block") && !line.isSet("all-blocks");
}

TensorTarget folderTarget(const CommandLine &line, const QString &path)
{
    TensorTarget target{.kind = TensorTarget::Kind::Folder, .path = path};
    const QString format = line.value("format");
    target.npy = format != "png";
    target.png = format != "npy";
    if (target.npy && target.png && format != "both")
        throw UsageError(QStringLiteral("--format takes npy, png or both, not \"%1\".").arg(format));
    return target;
}

TensorTarget targetOf(const CommandLine &line)
{
    const QString path = line.output();
    const QString suffix = QFileInfo(path).suffix().toLower();
    const bool single = suffix == "npy" || suffix == "png";
    if (single && !asksForOne(line))
        throw UsageError(QStringLiteral("A .%1 file holds one tensor; for several, --output takes a file "
                                        "that ends in .h5 or a folder.")
                             .arg(suffix));
    const bool hdf5 = suffix == "h5" || suffix == "hdf5";
    if ((single || hdf5) && line.isSet("format") && line.value("format") != suffix)
        throw UsageError(QStringLiteral("--format %1 is not what \"%2\" ends in; it is for folders.")
                             .arg(line.value("format"), path));
    if (single)
        return {.kind = suffix == "npy" ? TensorTarget::Kind::Npy : TensorTarget::Kind::Png, .path = path};
    if (hdf5)
        return {.kind = TensorTarget::Kind::Hdf5, .path = path};
    if (path.endsWith('/') || QFileInfo(path).isDir() || (suffix.isEmpty() && !asksForOne(line)))
        return folderTarget(line, path);
    throw UsageError(QStringLiteral("--output takes a file that ends in .npy, .h5 or .png, or a folder that "
                                    "ends in /, not \"%1\".")
                         .arg(path));
}

/// In the order of the network, each once.
std::vector<std::string> wantedTensors(const CommandLine &line, const Description &description)
{
    std::vector<std::string> wanted;
    for (const QString &address : line.values("tensor"))
        wanted.push_back(address.toStdString());
    for (const QString &name : line.values("block")) {
        const Block *block = description.findBlock(name.toStdString());
        if (block)
            std::ranges::copy(description.addresses(*block), std::back_inserter(wanted));
        else
            findTensor(description, name.toStdString()); // which says what there is
    }
    if (line.isSet("all-blocks"))
        for (const Block &block : description.blocks)
            wanted.push_back(block.name + (block.name == "predictions" ? "/probabilities" : "/output"));
    std::vector<std::string> sorted;
    for (const std::vector<std::string> &ofBlock : byBlock(description, wanted))
        std::ranges::copy(ofBlock, std::back_inserter(sorted));
    return sorted;
}

/// What the blocks before the last wanted one leave behind. Those after it are not run: one may want to see
/// how far a network comes that ends in infinity.
BlockOutputs outputsBefore(Runner &runner, const Tensor &picture, const Description &description,
                           const std::vector<std::string> &wanted)
{
    const std::string &address = wanted.back();
    const int last =
        int(description.findBlock(address.substr(0, address.find('/'))) - description.blocks.data());
    if (last == 0)
        return {};
    std::vector<std::string> capture = blockOutputAddresses(description);
    capture.resize(std::size_t(last));
    return runner.runBlocks(picture, 0, last - 1, {.capture = capture, .stop = interruptToken()}).captured;
}

QString describe(const std::vector<std::string> &wanted, const Network &network, const QString &path)
{
    if (wanted.size() > 1)
        return QStringLiteral("%1 tensors are in %2\n").arg(wanted.size()).arg(escaped(path));
    const int node = *network.description().find(wanted.front());
    return QStringLiteral("%1, %2, is in %3\n")
        .arg(QString::fromStdString(wanted.front()), QString::fromStdString(toString(network.shape(node))),
             escaped(path));
}

void addOptions(CommandLine &line)
{
    line.add({"tensor",
              "A tensor's address: block17_3/residual, stem/output, predictions/logits. May be given several "
              "times.",
              "BLOCK/TENSOR"});
    line.add({"block", "All tensors of a block: block17_3. May be given several times.", "BLOCK"});
    line.add({"all-blocks", "The output of every block."});
    line.add({{"o", "output"}, "The file to write: .npy, .h5 or .png; or a folder.", "FILE"});
    line.add({"format", "What a folder gets: npy, png or both (default: npy).", "NAME", "npy"});
    line.addModel();
    line.addPreprocessing();
    line.addThreads();
}

} // namespace

int features(const QStringList &arguments)
{
    CommandLine line(
        "features", "IMAGE {--tensor BLOCK/TENSOR… | --block BLOCK… | --all-blocks} --output FILE",
        "Writes the values of tensors inside the network for a picture.\n\n"
        "What --output names decides what is written:\n"
        "  .npy  float32 in C order, height x width x channels (vectors: their length); one tensor\n"
        "  .h5   a dataset for each tensor, named like it, with the picture's and the model's names and\n"
        "        SHA-256 sums\n"
        "  .png  all channels, row by row from the top left, on one colour scale: viridis from 0 to the\n"
        "        maximum, or blue-grey-red with 0 at grey if there are negative values; one tensor\n"
        "  a folder, existing or ending in /: files for each tensor, see --format\n"
        "Beside each file lies a JSON file that says what it is and what it came from.\n\n"
        "The blocks are stem, mixed_5b, block35_1 to 10, mixed_6a, block17_1 to 20, mixed_7a,\n"
        "block8_1 to 10, conv_7b and predictions. For the tensors of a block, ask for one that\n"
        "does not exist: --tensor block17_3/?");
    addOptions(line);
    if (!line.parse(arguments))
        return statusDone;
    const QString file = line.picture();
    const bool asks = line.isSet("tensor") || line.isSet("block") || line.isSet("all-blocks");
    if (!asks || line.value("output").isEmpty())
        throw UsageError("features needs --tensor, --block or --all-blocks, and --output.");

    const TensorTarget target = targetOf(line);
    const Picture picture = readPicture(file, line.readOptions());
    const std::shared_ptr<const Network> network = loadModel(line);
    const Description &description = network->description();
    const std::vector<std::string> wanted = wantedTensors(line, description);
    if (target.kind == TensorTarget::Kind::Folder)
        for (const std::string &address : wanted)
            for (const char *suffix : {".npy", ".png"})
                line.requireNotRead(QDir(target.path).filePath(fileNameOf(address) + suffix));
    const Preparation preparation = line.preparation();
    const Tensor input =
        normalize(resizeForNetwork(*picture.pixels, network->inputSize(), preparation.resize));
    Runner runner(network, line.threads());
    ProgressLine progress;
    writeTensors(
        target, provenanceOf(picture, *network, preparation),
        [&](const TensorSink &sink) {
            computeTensors(runner, input, outputsBefore(runner, input, description, wanted), wanted, sink,
                           interruptToken(),
                           [&](int done, int count) { progress.show(done, count, "tensors"); });
        },
        interruptToken());
    print(describe(wanted, *network, target.path));
    return statusDone;
}

} // namespace reslens::cli
