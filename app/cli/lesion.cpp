// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/class_choice.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model.h"
#include "engine/error.h"
#include "engine/evaluation/map_checks.h"
#include "engine/prediction.h"
#include "engine/report.h"
#include "engine/saliency/lesion_set.h"
#include "engine/saliency/lesions.h"
#include "engine/saliency/logit.h"
#include "engine/saliency/saliency.h"
#include "ui/export/class_json.h"
#include "ui/picture/picture.h"

#include <QRegularExpression>

#include <algorithm>

namespace reslens::cli {
namespace {

/// One --scale.
struct Scale
{
    std::string name;
    std::optional<int> branch;
    float factor = 1;
};

/// By how much the logit falls without a block, beside what the direct path says that the block adds.
struct TableRow
{
    std::string block;
    double drop = 0;
    double attribution = 0;
};

/// One picture with lesions and without.
struct Study
{
    QString file;
    int inputSize = 0;
    QString preprocessing;
    ModelInfo model;
    LesionSet lesions;
    RunResult intact;
    RunResult lesioned;
    int classIndex = 0;
    std::optional<int> versus;
    std::vector<TableRow> table;
    std::optional<double> rankCorrelation;

    double logitOf(const RunResult &run) const
    {
        return explainedLogit(run, logitWeightsOf(int(model.classes.size()), classIndex, versus));
    }
};

std::vector<Scale> scalesOf(const CommandLine &line)
{
    static const QRegularExpression form("^([a-z0-9_]+)(?:/branch_(\\d))?=([-+0-9.eE]+)$");
    std::vector<Scale> scales;
    for (const QString &text : line.values("scale")) {
        const QRegularExpressionMatch match = form.match(text);
        bool isNumber = false;
        const float factor = match.captured(3).toFloat(&isNumber);
        if (!isNumber)
            throw UsageError(QStringLiteral("--scale takes NAME=FACTOR such as block17_3=0, block17=0.5 or "
                                            "block35_1/branch_2=0, not \"%1\".")
                                 .arg(text));
        scales.push_back({match.captured(1).toStdString(), {}, factor});
        if (match.hasCaptured(2))
            scales.back().branch = match.captured(2).toInt();
    }
    return scales;
}

LesionSet lesionsOf(const std::vector<Scale> &scales, const Description &description)
{
    LesionSet lesions(description);
    for (const Scale &scale : scales) {
        if (scale.branch)
            lesions.scaleBranch(scale.name, *scale.branch, scale.factor);
        else
            lesions.scale(scale.name, scale.factor);
    }
    return lesions;
}

/// Fills in the table and how well its columns agree.
void tabulate(Runner &runner, const Tensor &input, Study &study)
{
    const SaliencyResult direct = computeSaliency(
        runner, input, {.classIndex = study.classIndex, .versus = study.versus, .stop = interruptToken()});
    const std::vector<float> weights =
        logitWeightsOf(int(study.model.classes.size()), study.classIndex, study.versus);
    ProgressLine progress;
    const std::vector<double> drops =
        lesionDrops(runner, input, weights, {.stop = interruptToken(), .progress = [&](int done, int count) {
                                                 progress.show(done, count, "without a block");
                                             }});
    for (std::size_t i = 0; i < drops.size(); ++i)
        study.table.push_back({direct.scores[i].block, drops[i], direct.scores[i].total});
    study.rankCorrelation = lesionAgreement(direct.scores, drops, true);
}

Study compute(const CommandLine &line, const QString &file, const std::vector<Scale> &scales)
{
    const Picture picture = readPicture(file, line.readOptions());
    const std::shared_ptr<const Network> network = loadModel(line);
    const Description &description = network->description();
    Study study{.file = file,
                .inputSize = network->inputSize(),
                .preprocessing = describePreparation(line.preparation()),
                .model = namedInfo(network->info()),
                .lesions = lesionsOf(scales, description),
                .intact = {},
                .lesioned = {},
                .classIndex = 0,
                .versus = {},
                .table = {},
                .rankCorrelation = {}};
    Runner runner(network, line.threads());
    const Tensor input =
        normalize(resizeForNetwork(*picture.pixels, network->inputSize(), line.preprocessing()));
    study.intact =
        runner.run(input, {.capture = blockOutputAddresses(description), .stop = interruptToken()});
    study.lesioned = runLesioned(runner, study.intact.captured, study.lesions.changed(), interruptToken());
    study.classIndex = line.isSet("class") ? chooseClass(line.value("class"), study.model)
                                           : topK(study.intact, 1).front().classIndex;
    study.versus = chooseVersus(line, study.model, study.classIndex);
    if (line.isSet("table"))
        tabulate(runner, input, study);
    return study;
}

QJsonObject runJson(const Study &study, const RunResult &run, int top)
{
    return {{"logit", study.logitOf(run)}, {"top", predictionsJson(study.model, topK(run, top))}};
}

QJsonObject toJson(const Study &study, int top)
{
    QJsonArray lesions;
    for (const Lesion &lesion : study.lesions.changed()) {
        QJsonArray branches;
        for (const float factor : lesion.branches)
            branches.append(double(factor));
        lesions.append(QJsonObject{{"block", QString::fromStdString(lesion.block)},
                                   {"residual", double(lesion.residual)},
                                   {"branches", branches}});
    }
    QJsonArray table;
    for (const TableRow &row : study.table)
        table.append(QJsonObject{{"block", QString::fromStdString(row.block)},
                                 {"drop", row.drop},
                                 {"attribution", row.attribution}});
    return {{"model", QString::fromStdString(study.model.name)},
            {"file", study.file},
            {"input_size", study.inputSize},
            {"preprocessing", study.preprocessing},
            {"lesions", lesions},
            {"off_distribution", study.lesions.isOffDistribution()},
            {"class", classJson(study.model, study.classIndex)},
            {"versus", classJson(study.model, study.versus)},
            {"intact", runJson(study, study.intact, top)},
            {"lesioned", runJson(study, study.lesioned, top)},
            {"table", study.rankCorrelation ? QJsonValue(table) : QJsonValue()},
            {"rank_correlation", study.rankCorrelation ? QJsonValue(*study.rankCorrelation) : QJsonValue()}};
}

QString fixed(double value)
{
    return QString::number(value, 'f', 2);
}

QString tableText(const Study &study)
{
    if (!study.rankCorrelation)
        return {};
    QString text = "\n  block       drop when off  direct path\n";
    for (const TableRow &row : study.table)
        text += QStringLiteral("  %1  %2  %3\n")
                    .arg(QString::fromStdString(row.block), -10)
                    .arg(row.drop, 13, 'f', 4)
                    .arg(row.attribution, 11, 'f', 4);
    return text + QStringLiteral("Rank correlation of the two: %1. Later blocks make up for a "
                                 "missing one, so the two need not agree.\n")
                      .arg(fixed(*study.rankCorrelation));
}

QString toText(const Study &study, int top)
{
    QString text = QString::fromStdString(formatPredictions(topK(study.lesioned, top), study.model.classes));
    const auto name = [&](int index) {
        return QString::fromStdString(study.model.classes[std::size_t(index)].name);
    };
    const QString intact = fixed(study.logitOf(study.intact));
    text +=
        QStringLiteral("%1%2: %3 %4\n")
            .arg(name(study.classIndex),
                 study.versus ? QStringLiteral(" and not %1").arg(name(*study.versus)) : QString(),
                 study.versus ? "difference of logits" : "logit",
                 study.lesions.changed().empty() ? intact
                                                 : QStringLiteral("%1 with the lesions, %2 without")
                                                       .arg(fixed(study.logitOf(study.lesioned)), intact));
    return text + tableText(study);
}

} // namespace

int lesion(const QStringList &arguments)
{
    CommandLine line(
        "lesion", "IMAGE {--scale NAME=FACTOR… | --table}",
        "Turns residual blocks of the network off, down or up and says what it then sees in a picture.\n\n"
        "NAME is a block (block17_3), a whole stage (block17), or a branch of either "
        "(block35_1/branch_2).\n"
        "FACTOR 0 switches it off, 1 leaves it as it is; above 1 and below 0 the network reads what it "
        "never met in training.");
    line.add(
        {"scale",
         "Multiply this residual; can be given several times, and the last counts for a block or branch.",
         "NAME=FACTOR"});
    line.add({"table", "Switch each block off in turn, and compare with the direct path's attribution."});
    line.add({"class",
              "The class whose logit is followed, by index, name or WordNet id; the most probable "
              "if left out.",
              "CLASS"});
    line.add({"versus", "Follow how far its logit lies above this class's.", "CLASS"});
    line.add({"top", "How many classes to name (default: 5).", "N", "5"});
    line.addModel();
    line.addPreprocessing();
    line.addThreads();
    line.addJson();
    if (!line.parse(arguments))
        return statusDone;
    const QString file = line.picture();
    const int top = line.number("top", 1, mostListed);
    const std::vector<Scale> scales = scalesOf(line);
    if (scales.empty() && !line.isSet("table"))
        throw UsageError("lesion needs --scale, --table or both.");

    const Study study = compute(line, file, scales);
    if (study.lesions.isOffDistribution())
        warn("factors above 1 or below 0 make the network read what it never met in training");
    if (line.isSet("json"))
        print(toJson(study, top));
    else
        print(toText(study, top));
    return statusDone;
}

} // namespace reslens::cli
