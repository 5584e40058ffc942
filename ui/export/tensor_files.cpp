// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/tensor_files.h"

#include "engine/analysis/montage.h"
#include "engine/analysis/statistics.h"
#include "engine/error.h"
#include "engine/export/atomic_file.h"
#include "engine/export/atomic_folder.h"
#include "engine/export/hdf5_tensor.h"
#include "engine/export/npy.h"
#include "engine/tensor_address.h"
#include "ui/picture/picture_writer.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

namespace reslens {
namespace {

QString textOf(const std::string &text)
{
    return QString::fromStdString(text);
}

/// What a JSON file says of a tensor.
QJsonObject describe(const std::string &address, const TensorView &tensor, const Statistics &figures)
{
    return {{QStringLiteral("tensor"), textOf(address)},
            {QStringLiteral("height"), tensor.shape.height},
            {QStringLiteral("width"), tensor.shape.width},
            {QStringLiteral("channels"), tensor.shape.channels},
            {QStringLiteral("minimum"), double(figures.minimum)},
            {QStringLiteral("maximum"), double(figures.maximum)}};
}

void writeJson(const QString &file, const QJsonObject &object)
{
    writeText(file, QJsonDocument(object).toJson());
}

void writeValues(const QString &file, const TensorView &tensor, std::span<const std::size_t> extents)
{
    const Tensor copy(tensor);
    writeNpy(file.toStdU16String(), copy.values(), extents);
}

/// Writes the picture and returns its colour scale.
ColorScale writePicture(const QString &file, const std::string &address, const TensorView &tensor,
                        const Statistics &figures, const Provenance &provenance, const std::stop_token &stop)
{
    const ColorScale scale = scaleFor(figures.minimum, figures.maximum);
    QMap<QString, QString> texts{
        {QStringLiteral("tensor"), textOf(address)},
        {QStringLiteral("scale"), QStringLiteral("%1 to %2").arg(double(scale.low)).arg(double(scale.high))}};
    for (const auto &[key, text] : attributesOf(provenance))
        texts.insert(textOf(key), textOf(text));
    writePng(file, montage(tensor, scale), texts, stop);
    return scale;
}

QJsonObject toJson(const ColorScale &scale)
{
    return {{QStringLiteral("low"), double(scale.low)}, {QStringLiteral("high"), double(scale.high)}};
}

void writeSingle(const TensorTarget &target, const Provenance &provenance,
                 const std::function<void(const TensorSink &)> &produce, const std::stop_token &stop)
{
    produce([&](const std::string &address, const TensorView &tensor, std::span<const std::size_t> extents) {
        const Statistics figures = statisticsOf(tensor);
        QJsonObject json = toJson(provenance);
        json.insert(QStringLiteral("file"), QFileInfo(target.path).fileName());
        QJsonObject description = describe(address, tensor, figures);
        if (target.kind == TensorTarget::Kind::Npy)
            writeValues(target.path, tensor, extents);
        else
            description.insert(QStringLiteral("scale"),
                               toJson(writePicture(target.path, address, tensor, figures, provenance, stop)));
        json.insert(QStringLiteral("tensors"), QJsonArray{description});
        writeJson(target.path + QStringLiteral(".json"), json);
    });
}

void writeHdf5(const TensorTarget &target, const Provenance &provenance,
               const std::function<void(const TensorSink &)> &produce)
{
    QJsonArray tensors;
    writeHdf5Tensors(target.path.toStdU16String(), attributesOf(provenance), [&](const Hdf5Sink &add) {
        produce(
            [&](const std::string &address, const TensorView &tensor, std::span<const std::size_t> extents) {
                const Tensor copy(tensor);
                add(address, copy.values(), extents);
                tensors.append(describe(address, tensor, statisticsOf(tensor)));
            });
    });
    QJsonObject json = toJson(provenance);
    json.insert(QStringLiteral("file"), QFileInfo(target.path).fileName());
    json.insert(QStringLiteral("tensors"), tensors);
    writeJson(target.path + QStringLiteral(".json"), json);
}

void writeFolder(const TensorTarget &target, const Provenance &provenance,
                 const std::function<void(const TensorSink &)> &produce, const std::stop_token &stop)
{
    writeFolderAtomically(target.path.toStdU16String(), [&](const std::filesystem::path &part) {
        const QDir folder(textOf(part.string()));
        produce(
            [&](const std::string &address, const TensorView &tensor, std::span<const std::size_t> extents) {
                const QString name = fileNameOf(address);
                const Statistics figures = statisticsOf(tensor);
                QJsonObject description = describe(address, tensor, figures);
                QJsonArray files;
                if (target.npy) {
                    files.append(name + QStringLiteral(".npy"));
                    writeValues(folder.filePath(files.last().toString()), tensor, extents);
                }
                if (target.png) {
                    files.append(name + QStringLiteral(".png"));
                    description.insert(QStringLiteral("scale"),
                                       toJson(writePicture(folder.filePath(files.last().toString()), address,
                                                           tensor, figures, provenance, stop)));
                }
                QJsonObject json = toJson(provenance);
                json.insert(QStringLiteral("files"), files);
                json.insert(QStringLiteral("tensors"), QJsonArray{description});
                writeJson(folder.filePath(name + QStringLiteral(".json")), json);
            });
    });
}

} // namespace

QString fileNameOf(const std::string &address)
{
    return textOf(address).replace(u'/', u'_');
}

void computeTensors(Runner &runner, const Tensor &picture, const BlockOutputs &outputs,
                    const std::vector<std::string> &addresses, const TensorSink &sink,
                    const std::stop_token &stop, const std::function<void(int done, int count)> &progress)
{
    const Network &network = runner.network();
    const Description &description = network.description();
    const auto blocks = byBlock(description, addresses);
    int done = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (blocks[i].empty())
            continue;
        const auto tensors = tensorsOf(runner, int(i), picture, outputs, stop);
        for (const std::string &address : blocks[i]) {
            if (stop.stop_requested())
                throw Error(ErrorKind::Cancelled, "Cancelled.");
            const int node = *description.find(address);
            sink(address, tensors.at(address)->view(),
                 exportExtents(description.nodes[std::size_t(node)], network.shape(node)));
            progress(++done, int(addresses.size()));
        }
    }
}

void writeText(const QString &file, const QByteArray &text)
{
    writeAtomically(file.toStdU16String(), [&](const std::filesystem::path &part) {
        QFile out(part);
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size() || !out.flush())
            throw Error(ErrorKind::FileUnwritable,
                        file.toStdString() + " cannot be written: " + out.errorString().toStdString());
    });
}

void writeTensors(const TensorTarget &target, const Provenance &provenance,
                  const std::function<void(const TensorSink &)> &produce, const std::stop_token &stop)
{
    switch (target.kind) {
    case TensorTarget::Kind::Npy:
    case TensorTarget::Kind::Png:
        return writeSingle(target, provenance, produce, stop);
    case TensorTarget::Kind::Hdf5:
        return writeHdf5(target, provenance, produce);
    case TensorTarget::Kind::Folder:
        return writeFolder(target, provenance, produce, stop);
    }
}

} // namespace reslens
