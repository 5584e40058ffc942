// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model.h"

#include "app/cli/console.h"
#include "resources/resources.h"

namespace reslens::cli {

std::shared_ptr<const Network> loadModel(const QString &file, int inputSize)
{
    LoadOptions options;
    options.inputSize = inputSize;
    options.stop = interruptToken();
    return file.isEmpty() ? Network::loadMemory(embeddedModel(), embeddedModelName(), options)
                          : Network::load(file.toStdString(), options);
}

WeightFile openWeights(const QString &file)
{
    return file.isEmpty() ? WeightFile::openMemory(embeddedModel(), embeddedModelName())
                          : WeightFile::open(file.toStdString());
}

ModelInfo namedInfo(ModelInfo info)
{
    if (!info.namedClasses && !info.classes.empty())
        nameClasses(info, imagenetLabels());
    return info;
}

} // namespace reslens::cli
