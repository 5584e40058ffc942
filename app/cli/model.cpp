// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model.h"

#include "app/cli/console.h"
#include "resources/resources.h"
#include "ui/weights/model_file.h"
#include "ui/weights/official_weights.h"

#include <QFileInfo>

namespace reslens::cli {

namespace {

std::shared_ptr<const Network> load(const QString &model, const QString &classNames, int inputSize)
{
    LoadOptions options;
    options.inputSize = inputSize;
    options.classNames = classNames.toStdString();
    options.stop = interruptToken();
    const std::shared_ptr<const Network> network = loadNetwork(resolveModel(model), options);
    const ModelInfo &info = network->info();
    if (!info.assumed.empty())
        warn(info.name + ": " + info.assumed);
    if (info.untrained)
        warn(info.name + ": the weights are untrained; what the network answers means nothing.");
    return network;
}

} // namespace

std::shared_ptr<const Network> loadModel(const CommandLine &line)
{
    if (line.values("model").size() > 1)
        throw UsageError("Only classify takes several --model.");
    return load(line.value("model"), line.value("classes"), line.inputSize());
}

std::vector<std::shared_ptr<const Network>> loadModels(const CommandLine &line)
{
    QStringList models = line.values("model");
    const QStringList classNames = line.values("classes");
    if (models.isEmpty())
        models << QString();
    if (classNames.size() > models.size())
        throw UsageError("There are more --classes than --model.");
    std::vector<std::shared_ptr<const Network>> networks;
    for (qsizetype i = 0; i < models.size(); ++i)
        networks.push_back(load(models[i], classNames.value(i), line.inputSize()));
    return networks;
}

Provenance provenanceOf(const Picture &picture, const Network &network, const Preparation &preparation)
{
    Provenance provenance;
    provenance.image = picture.name;
    provenance.imagePath = QFileInfo(picture.name).absoluteFilePath();
    provenance.imageHash = sha256Of(picture.name, interruptToken());
    provenance.setModel(network.info());
    provenance.modelHash = sha256Of(provenance.modelPath, interruptToken());
    provenance.inputSize = network.inputSize();
    provenance.preprocessing = describePreparation(preparation);
    return provenance;
}

ModelInfo namedInfo(ModelInfo info)
{
    nameClasses(info, imagenetLabels());
    return info;
}

} // namespace reslens::cli
