// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model.h"

#include "app/cli/console.h"
#include "resources/resources.h"
#include "ui/weights/model_file.h"

namespace reslens::cli {

std::shared_ptr<const Network> loadModel(const CommandLine &line)
{
    LoadOptions options;
    options.inputSize = line.inputSize();
    options.classNames = line.value("classes").toStdString();
    options.stop = interruptToken();
    return loadNetwork(line.model(), options);
}

ModelInfo namedInfo(ModelInfo info)
{
    if (!info.namedClasses && !info.classes.empty())
        nameClasses(info, imagenetLabels());
    return info;
}

} // namespace reslens::cli
