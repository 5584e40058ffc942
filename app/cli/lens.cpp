// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/class_choice.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model.h"
#include "engine/prediction.h"
#include "engine/report.h"
#include "engine/saliency/logit_lens.h"
#include "ui/export/class_json.h"
#include "ui/picture/picture.h"

namespace reslens::cli {
namespace {

/// The classes to follow: those of --class, or the most probable ones.
std::vector<int> followedClasses(const CommandLine &line, const ModelInfo &model, const RunResult &run)
{
    std::vector<int> classes;
    for (const QString &text : line.values("class"))
        classes.push_back(chooseClass(text, model));
    if (classes.empty())
        for (const Prediction &prediction : topK(run, line.number("top", 1, mostListed)))
            classes.push_back(prediction.classIndex);
    return classes;
}

/// What one step says of the classes that are followed.
std::vector<Prediction> predictionsOf(const LensStep &step, const std::vector<int> &classes)
{
    std::vector<Prediction> predictions;
    for (const int index : classes)
        predictions.push_back(
            {index, step.probabilities[std::size_t(index)], step.logits[std::size_t(index)]});
    return predictions;
}

QJsonObject toJson(const QString &file, const ModelInfo &model, const std::vector<LensStep> &steps,
                   const std::vector<int> &classes)
{
    QJsonArray array;
    for (const LensStep &step : steps)
        array.append(QJsonObject{{"block", QString::fromStdString(step.block)},
                                 {"calibrated", step.isCalibrated},
                                 {"classes", predictionsJson(model, predictionsOf(step, classes))}});
    return {{"model", QString::fromStdString(model.name)}, {"file", file}, {"steps", array}};
}

QString toText(const ModelInfo &model, const std::vector<LensStep> &steps, const std::vector<int> &classes)
{
    QString text;
    for (const LensStep &step : steps)
        text +=
            QStringLiteral("%1%2\n%3")
                .arg(QString::fromStdString(step.block),
                     step.isCalibrated ? QString() : QStringLiteral(" (uncalibrated)"),
                     QString::fromStdString(formatPredictions(predictionsOf(step, classes), model.classes)));
    return text;
}

} // namespace

int lens(const QStringList &arguments)
{
    CommandLine line("lens", "IMAGE",
                     "Shows how the classes grow over the last blocks: the head of the network on the output "
                     "of mixed_7a and of each block8 (logit lens, nostalgebraist 2020).\n"
                     "Before the last block the figures are uncalibrated: a direction, not a confidence.");
    line.add(
        {"class", "Follow this class, by index, name or WordNet id; can be given several times.", "CLASS"});
    line.add({"top", "Without --class: follow the N most probable classes (default: 5).", "N", "5"});
    line.addModel();
    line.addPreprocessing();
    line.addThreads();
    line.addJson();
    if (!line.parse(arguments))
        return statusDone;
    const QString file = line.picture();
    line.number("top", 1, mostListed);

    const Picture picture = readPicture(file, line.readOptions());
    const std::shared_ptr<const Network> network = loadModel(line);
    const ModelInfo model = namedInfo(network->info());
    Runner runner(network, line.threads());
    const Tensor input =
        normalize(resizeForNetwork(*picture.pixels, network->inputSize(), line.preprocessing()));
    const RunResult run = runner.run(
        input, {.capture = blockOutputAddresses(network->description()), .stop = interruptToken()});
    const std::vector<LensStep> steps = logitLens(runner, run.captured, interruptToken());
    const std::vector<int> classes = followedClasses(line, model, run);
    if (line.isSet("json")) {
        QJsonObject json = toJson(file, model, steps, classes);
        json.insert("input_size", network->inputSize());
        json.insert("preprocessing", describePreparation(line.preparation()));
        print(json);
    } else {
        print(toText(model, steps, classes));
    }
    return statusDone;
}

} // namespace reslens::cli
