// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/saliency.h"
#include "app/cli/class_choice.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model.h"
#include "engine/error.h"
#include "engine/export/npy.h"
#include "engine/imaging/resample.h"
#include "engine/plan/plan.h"
#include "engine/prediction.h"
#include "engine/saliency/display.h"
#include "ui/export/saliency_description.h"
#include "ui/export/tensor_files.h"
#include "ui/picture/picture_writer.h"

#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

namespace reslens::cli {
namespace {

constexpr int mostSteps = 100'000;
constexpr int mostBranches = 3;
constexpr float opacity = 0.5F;
constexpr int decimals = 2; ///< of logits and what they are made of
constexpr std::array averagingMethods{SaliencyMethod::ScaleIntegratedGradients,
                                      SaliencyMethod::IntegratedGradients, SaliencyMethod::SmoothGrad};
/// A .png's side is the least multiple of the network's input that reaches this many pixels.
constexpr int readableSide = 512;

/// A map with everything that is said of it.
struct Explanation
{
    const SaliencyMethodInfo &method;
    Provenance provenance;
    ModelInfo model;
    Image photo; ///< as the network saw it
    std::optional<int> classIndex;
    std::optional<int> versus;
    std::optional<int> branch;
    SaliencyResult result;
    std::optional<MapGeometry> geometry; ///< of a block's map, which is coarser than the picture
    MapRange range;
    std::string note;

    QString nameOf(int index) const { return QString::fromStdString(model.classes[std::size_t(index)].name); }
    DescribedMap described() const
    {
        return {.method = method,
                .classIndex = classIndex,
                .versus = versus,
                .branch = branch,
                .result = result,
                .range = range,
                .note = note,
                .model = model};
    }
};

QString numberText(double value)
{
    return QString::number(value, 'g', 4);
}

void writeAsNpy(const QString &file, const Explanation &explanation)
{
    const Tensor &map = explanation.result.map;
    const std::array extents{std::size_t(map.shape().height), std::size_t(map.shape().width), std::size_t(1)};
    writeNpy(file.toStdString(), map.values(), extents);
}

void writeAsPng(const QString &file, const Explanation &explanation)
{
    const Image &photo = explanation.photo;
    const int side = photo.width * ((readableSide + photo.width - 1) / photo.width);
    const Image large =
        resample(photo, {0, 0, photo.width, photo.height}, side, side, ResizeFilter::Bilinear);
    const SaliencyResult &result = explanation.result;
    const Tensor map = explanation.geometry ? enlarged(result.map, *explanation.geometry, photo.width, side)
                                            : enlarged(result.map, side, side);
    QMap<QString, QString> texts = saliencyTexts(explanation.described());
    texts.insert("image", explanation.provenance.image);
    texts.insert("preprocessing", explanation.provenance.preprocessing);
    writePng(file,
             overlaid(large, map, saliencyScale(explanation.range, explanation.method.isSigned), opacity),
             texts);
}

using Writer = void (*)(const QString &file, const Explanation &explanation);

Writer writerFor(const QString &file)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix == "npy")
        return writeAsNpy;
    if (suffix == "png")
        return writeAsPng;
    throw UsageError(
        QStringLiteral("--output takes a file that ends in .npy or .png, not \"%1\".").arg(file));
}

const SaliencyMethodInfo &methodOf(const CommandLine &line)
{
    const QString name = line.value("method");
    if (const auto method = saliencyMethodNamed(name.toStdString()))
        return infoOf(*method);
    QStringList names;
    for (const SaliencyMethodInfo &info : saliencyMethods())
        names << info.name.data();
    throw UsageError(QStringLiteral("There is no method \"%1\"; use %2.").arg(name, names.join(", ")));
}

/// 0 for the method's own number.
int stepsOf(const CommandLine &line)
{
    return line.isSet("steps") ? line.number("steps", 1, mostSteps) : 0;
}

std::optional<int> branchOf(const CommandLine &line)
{
    return line.isSet("branch") ? std::optional(line.number("branch", 0, mostBranches - 1)) : std::nullopt;
}

/// The class that --class names, or the most probable one.
int explainedClass(const CommandLine &line, const ModelInfo &model, Runner &runner, const Tensor &input)
{
    if (line.isSet("class"))
        return chooseClass(line.value("class"), model);
    return topK(runner.run(input, {.stop = interruptToken()}), 1).front().classIndex;
}

Explanation compute(const CommandLine &line, const QString &file, const SaliencyMethodInfo &method)
{
    const Picture picture = readPicture(file, line.readOptions());
    const std::shared_ptr<const Network> network = loadModel(line);
    Explanation explanation{.method = method,
                            .provenance = provenanceOf(picture, *network, line.preparation()),
                            .model = namedInfo(network->info()),
                            .photo =
                                resizeForNetwork(*picture.pixels, network->inputSize(), line.preprocessing()),
                            .classIndex = {},
                            .versus = {},
                            .branch = branchOf(line),
                            .result = {},
                            .geometry = {},
                            .range = {},
                            .note = {}};
    Runner runner(network, line.threads());
    const Tensor input = normalize(explanation.photo);
    if (method.needsClass && !explanation.model.classes.empty())
        explanation.classIndex = explainedClass(line, explanation.model, runner, input);
    if (explanation.classIndex)
        explanation.versus = chooseVersus(line, explanation.model, *explanation.classIndex);
    ProgressLine progress;
    explanation.result = computeSaliency(
        runner, input,
        {.method = method.method,
         .block = line.value("block").toStdString(),
         .branch = explanation.branch,
         .branchScores = true,
         .classIndex = explanation.classIndex.value_or(0),
         .versus = explanation.versus,
         .steps = stepsOf(line),
         .stop = interruptToken(),
         .progress = [&](int done, int count) { progress.show(done, count, method.name.data()); }});
    const Description &description = network->description();
    if (const Block *block = description.findBlock(explanation.result.block))
        explanation.geometry = mapGeometries(description, network->plan().shapes)[std::size_t(block->output)];
    explanation.range = rangeOf(explanation.result.map);
    explanation.note = remarkOn(explanation.range, method.isSigned);
    return explanation;
}

QJsonObject toJson(const Explanation &explanation)
{
    const Provenance &provenance = explanation.provenance;
    QJsonObject json = saliencyJson(explanation.described());
    json.insert("model", provenance.model);
    json.insert("model_sha256", provenance.modelHash);
    json.insert("file", provenance.image);
    json.insert("image_sha256", provenance.imageHash);
    json.insert("input_size", provenance.inputSize);
    json.insert("preprocessing", provenance.preprocessing);
    return json;
}

void writeDescription(const QString &file, const Explanation &explanation)
{
    const QJsonObject json = saliencyJson(explanation.described(), explanation.provenance, file);
    writeText(file + ".json", QJsonDocument(json).toJson());
}

QString fixed(double value)
{
    return QString::number(value, 'f', decimals);
}

QString heading(const Explanation &explanation)
{
    const QString title = explanation.method.title.data();
    if (!explanation.classIndex)
        return title + '\n';
    const QString versus = explanation.versus
                               ? QStringLiteral(" and not %1").arg(explanation.nameOf(*explanation.versus))
                               : QString();
    return QStringLiteral("%1: why %2%3 (%4 %5)\n")
        .arg(title, explanation.nameOf(*explanation.classIndex), versus,
             explanation.versus ? "difference of logits" : "logit", fixed(explanation.result.logit));
}

QString blocksText(const SaliencyResult &result)
{
    QString text;
    if (const std::optional<LogitSum> sum = logitSum(result, decimals))
        text += QStringLiteral("  stem %1 + blocks %2 + biases %3 = %4\n")
                    .arg(fixed(sum->stem), fixed(sum->blocks), fixed(sum->biases), fixed(sum->logit));
    for (const BlockContribution &score : result.scores)
        text += QStringLiteral("  %1  %2\n")
                    .arg(QString::fromStdString(score.block), -10)
                    .arg(score.total, 9, 'f', 4);
    return text;
}

QString toText(const Explanation &explanation, const QString &output)
{
    return heading(explanation) + blocksText(explanation.result) +
           QStringLiteral("%1, from %2 to %3, is in %4\n")
               .arg(QString::fromStdString(toString(explanation.result.map.shape())),
                    numberText(explanation.range.minimum), numberText(explanation.range.maximum),
                    escaped(output));
}

QString description()
{
    QString text =
        "Shows what in a picture speaks for and against a class: a map, and a score for each residual "
        "block.\n\n"
        "The output's suffix decides what is written:\n"
        "  .npy  the map's values, float32 in C order, height x width x 1\n"
        "  .png  the map over the picture as the network saw it, clear where the map is near 0: red speaks\n"
        "        for, blue against the class; unsigned maps go from black to yellow\n"
        "Beside it lies a JSON file that says what it is and what it came from.\n\n"
        "Methods (* are of the residual blocks, and give all of them added up without --block; the window\n"
        "shows " +
        QLatin1String(infoOf(defaultSaliencyMethod).name) + " unless another is chosen):\n";
    for (const SaliencyMethodInfo &info : saliencyMethods())
        text += QStringLiteral("  %1 %2 %3, %4\n")
                    .arg(QLatin1String(info.name), -20)
                    .arg(info.place == SaliencyPlace::ResidualBlock ? "*" : " ", info.title.data(),
                         info.source.data());
    return text + "\nAll explain a logit, except energy and erasure, which need no class.";
}

void checkUsage(const CommandLine &line, const SaliencyMethodInfo &method)
{
    if (line.value("output").isEmpty() && !line.isSet("json"))
        throw UsageError("saliency needs --output, --json or both.");
    if (branchOf(line) && (!hasBranchMaps(method.method) || !line.isSet("block")))
        throw UsageError("--branch needs one of the direct methods, and --block.");
    // The rest is no reason to refuse: a script may give all methods the same options.
    const std::string name(method.name);
    if (stepsOf(line) > 0 && std::ranges::find(averagingMethods, method.method) == averagingMethods.end())
        warn(name + " does not average: --steps changes nothing");
    if (!method.needsClass && (line.isSet("class") || line.isSet("versus")))
        warn(name + " is the same for all classes: --class and --versus change nothing");
}

} // namespace

int saliency(const QStringList &arguments)
{
    CommandLine line("saliency", "IMAGE --method NAME {--output FILE | --json}", description());
    line.add({"method", "How to explain; see above.", "NAME"});
    line.add({"block",
              "The map of this block alone: block17_3. Methods with * take a residual block, grad-cam and "
              "hirescam any block but predictions, cam only conv_7b, those of pixels none.",
              "NAME"});
    line.add({"branch",
              "What this Inception branch has in the block's map; for the direct methods with --block.",
              "N"});
    line.add({"class", "The class to explain, by index, name or WordNet id; the most probable if left out.",
              "CLASS"});
    line.add({"versus", "Explain why the first class rather than this one.", "CLASS"});
    line.add({"steps",
              "Passes of the methods that average: 64 for scale-ig and integrated-gradients and 25 for "
              "smoothgrad if left out.",
              "N"});
    line.add({{"o", "output"}, "The file to write: .npy or .png.", "FILE"});
    line.addModel();
    line.addPreprocessing();
    line.addThreads();
    line.addJson();
    if (!line.parse(arguments))
        return statusDone;
    const QString file = line.picture();
    if (line.value("method").isEmpty())
        throw UsageError("saliency needs --method.");
    const SaliencyMethodInfo &method = methodOf(line);
    checkUsage(line, method);
    const QString output = line.output();
    const Writer write = output.isEmpty() ? nullptr : writerFor(output);

    const Explanation explanation = compute(line, file, method);
    if (!explanation.note.empty())
        warn(explanation.note);
    if (write) {
        write(output, explanation);
        writeDescription(output, explanation);
    }
    if (line.isSet("json"))
        print(toJson(explanation));
    else
        print(toText(explanation, output));
    return statusDone;
}

} // namespace reslens::cli
