// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/tensor_export.h"

#include "engine/tensor_address.h"
#include "ui/weights/model_file.h"
#include "ui/worker/running.h"

#include <QCryptographicHash>
#include <QFileInfo>

namespace reslens {
namespace {

/// The tensors asked for of each block, by its position in Description::blocks.
std::vector<std::vector<std::string>> byBlock(const Description &description,
                                              const std::vector<std::string> &addresses)
{
    std::vector<std::vector<std::string>> wanted(description.blocks.size());
    for (const std::string &address : addresses) {
        findTensor(description, address);
        const Block *block = description.findBlock(address.substr(0, address.find('/')));
        wanted[std::size_t(block - description.blocks.data())].push_back(address);
    }
    return wanted;
}

/// The SHA-256 of a file that values came from; empty if it is gone by now, or another one is in its place:
/// the values are still here. Throws as sha256Of() does.
QString hashOf(const QString &path, const FileVersion &read, const std::stop_token &stop)
{
    if (FileVersion::of(path) != read)
        return {};
    const QString hash = sha256Of(path, stop);
    return FileVersion::of(path) == read ? hash : QString();
}

/// The same of a model's file. It is asked for with all that is saved and may have hundreds of megabytes, so
/// that the last one is remembered.
QString hashOf(const ModelSummary &model, const std::stop_token &stop)
{
    struct Hashed
    {
        QString path;
        FileVersion read;
        QString hash;
    };
    thread_local Hashed last;
    const bool known = !last.hash.isEmpty() && last.path == model.path() && last.read == model.version;
    if (known)
        return FileVersion::of(last.path) == last.read ? last.hash : QString();
    last = {model.path(), model.version, hashOf(model.path(), model.version, stop)};
    return last.hash;
}

} // namespace

Provenance provenanceOf(const PictureSource &source, const Preparation &preparation,
                        const ModelSummary &model, const std::stop_token &stop)
{
    Provenance provenance;
    provenance.image = source.name;
    provenance.inputSize = model.inputSize;
    provenance.preprocessing = describePreparation(preparation);
    if (source.isFile()) {
        provenance.imagePath = QFileInfo(source.path).absoluteFilePath();
        provenance.imageHash = hashOf(source.path, source.read, stop);
    } else if (!source.bytes.isEmpty()) {
        provenance.imageHash =
            QString::fromLatin1(QCryptographicHash::hash(source.bytes, QCryptographicHash::Sha256).toHex());
    }
    provenance.setModel(model.info);
    provenance.modelHash = hashOf(model, stop);
    return provenance;
}

void exportTensors(Runner &runner, const Trace &trace, const ModelSummary &model, const TensorExport &wanted,
                   const std::stop_token &stop, const std::function<void(int done, int count)> &progress)
{
    const Network &network = runner.network();
    const Description &description = network.description();
    const auto blocks = byBlock(description, wanted.addresses);
    const int count = int(wanted.addresses.size());
    progress(0, count);
    const Provenance provenance = provenanceOf(trace.source, trace.preparation, model, stop);
    writeTensors(
        wanted.target, provenance,
        [&](const TensorSink &sink) {
            int done = 0;
            for (std::size_t i = 0; i < blocks.size(); ++i) {
                if (blocks[i].empty())
                    continue;
                const Block &block = description.blocks[i];
                // The first block reads the input node itself.
                const Tensor &input =
                    block.input < 0 ? trace.input : inputOf(block, description, trace.outputs);
                // All of them, as for the screen: the last bits depend on what is kept.
                const RunResult run = runner.runBlocks(
                    input, int(i), int(i), {.capture = description.addresses(block), .stop = stop});
                for (const std::string &address : blocks[i]) {
                    throwIfStopped(stop);
                    const int node = *description.find(address);
                    sink(address, run.captured.at(address)->view(),
                         exportExtents(description.nodes[std::size_t(node)], network.shape(node)));
                    progress(++done, count);
                }
            }
            throwIfStopped(stop);
        },
        stop);
}

} // namespace reslens
