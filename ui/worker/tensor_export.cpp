// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/tensor_export.h"

#include "ui/weights/model_file.h"
#include "ui/worker/running.h"

#include <QCryptographicHash>
#include <QFileInfo>

namespace reslens {
namespace {

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
    progress(0, int(wanted.addresses.size()));
    const Provenance provenance = provenanceOf(trace.source, trace.preparation, model, stop);
    writeTensors(
        wanted.target, provenance,
        [&](const TensorSink &sink) {
            computeTensors(runner, trace.input, trace.outputs, wanted.addresses, sink, stop, progress);
            throwIfStopped(stop);
        },
        stop);
}

} // namespace reslens
