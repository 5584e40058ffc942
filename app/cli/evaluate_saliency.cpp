// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/class_choice.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model.h"
#include "app/cli/picture_batch.h"
#include "engine/evaluation/perturbation.h"
#include "engine/evaluation/spread.h"
#include "ui/export/csv.h"
#include "ui/export/tensor_files.h"

#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>
#include <random>

namespace reslens::cli {
namespace {

constexpr int mostPictures = 100'000'000;
constexpr int mostSteps = 100'000;

std::vector<const SaliencyMethodInfo *> methodsOf(const CommandLine &line)
{
    std::vector<const SaliencyMethodInfo *> methods;
    QStringList names;
    for (const SaliencyMethodInfo &info : saliencyMethods()) {
        names << info.name.data();
        methods.push_back(&info);
    }
    const QString wanted = line.value("methods");
    if (wanted == "all")
        return methods;
    methods.clear();
    for (const QString &name : wanted.split(',')) {
        const auto method = saliencyMethodNamed(name.trimmed().toStdString());
        if (!method)
            throw UsageError(QStringLiteral("There is no method \"%1\"; use all or some of %2.")
                                 .arg(name.trimmed(), names.join(", ")));
        const SaliencyMethodInfo *info = &infoOf(*method);
        if (std::ranges::find(methods, info) == methods.end())
            methods.push_back(info);
    }
    return methods;
}

std::vector<Figure> checksOf(const CommandLine &line)
{
    if (line.isSet("full") && line.isSet("checks"))
        throw UsageError("--full is all of --checks: leave one of them out.");
    QStringList wanted = line.isSet("checks") ? line.value("checks").split(',') : QStringList();
    for (QString &name : wanted)
        name = name.trimmed();
    std::vector<Figure> checks;
    QStringList names;
    for (const FigureInfo &info : figureInfos) {
        if (!info.check)
            continue;
        names << info.check;
        if (line.isSet("full") || wanted.contains(info.check))
            checks.push_back(info.figure);
    }
    for (const QString &name : wanted) {
        if (!names.contains(name))
            throw UsageError(QStringLiteral("There is no check \"%1\"; use %2.").arg(name, names.join(", ")));
    }
    return checks;
}

/// Some of the sources by chance, in their own order; all of them without --sample.
std::vector<PictureSource> sample(std::vector<PictureSource> sources, const CommandLine &line)
{
    const int seed = line.number("seed", 0, mostPictures);
    if (!line.isSet("sample"))
        return sources;
    const auto count = std::min(sources.size(), std::size_t(line.number("sample", 1, mostPictures)));
    std::vector<PictureSource> chosen;
    std::mt19937 random{unsigned(seed)};
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (random() % (sources.size() - i) < count - chosen.size())
            chosen.push_back(sources[i]);
    }
    return chosen;
}

/// What is printed: a row a contestant, of all pictures.
class Report
{
public:
    Report(const std::vector<Contestant> &contestants, const std::vector<PictureResult> &results)
        : m_contestants(contestants), m_results(results)
    {
    }

    Spread spread(std::size_t contestant, Figure figure) const
    {
        std::vector<double> values;
        for (const PictureResult &result : m_results) {
            if (const auto &value = result.figures[contestant][std::size_t(figure)])
                values.push_back(*value);
        }
        return spreadOf(values);
    }

    std::vector<FigureInfo> columns() const
    {
        std::vector<FigureInfo> columns;
        std::ranges::copy_if(figureInfos, std::back_inserter(columns), [&](const FigureInfo &info) {
            for (std::size_t i = 0; i < m_contestants.size(); ++i) {
                if (spread(i, info.figure).count > 0)
                    return true;
            }
            return false;
        });
        return columns;
    }

    QString text() const
    {
        const std::vector<FigureInfo> figures = columns();
        QString text = QStringLiteral("%1 %2, mean ± standard error\n%3")
                           .arg(m_results.size())
                           .arg(m_results.size() == 1 ? "picture" : "pictures")
                           .arg(QString(), -20);
        for (const FigureInfo &info : figures)
            text += QStringLiteral("  %1").arg(info.title, -15);
        for (std::size_t i = 0; i < m_contestants.size(); ++i) {
            text = text.trimmed() + QStringLiteral("\n%1").arg(m_contestants[i].name, -20);
            for (const FigureInfo &info : figures)
                text += QStringLiteral("  %1").arg(cell(spread(i, info.figure)), -15);
        }
        return text.trimmed() + '\n';
    }

    QJsonArray json() const
    {
        QJsonArray rows;
        for (std::size_t i = 0; i < m_contestants.size(); ++i) {
            QJsonObject row{{"method", m_contestants[i].name}};
            for (const FigureInfo &info : columns())
                row[info.key] = cellJson(spread(i, info.figure));
            rows.append(row);
        }
        return rows;
    }

private:
    static QString cell(const Spread &spread)
    {
        return spread.count == 0 ? QStringLiteral("–")
                                 : QStringLiteral("%1 ± %2")
                                       .arg(spread.mean, 0, 'f', 3)
                                       .arg(spread.standardError(), 0, 'f', 3);
    }

    static QJsonValue cellJson(const Spread &spread)
    {
        if (spread.count == 0)
            return {};
        return QJsonObject{{"mean", spread.mean},
                           {"deviation", spread.deviation},
                           {"standard_error", spread.standardError()},
                           {"count", spread.count}};
    }

    const std::vector<Contestant> &m_contestants;
    const std::vector<PictureResult> &m_results;
};

/// A line a picture and contestant.
void writeCsv(const QString &file, const std::vector<Contestant> &contestants,
              const std::vector<PictureResult> &results, const ModelInfo &model)
{
    QString text = "file,class,method";
    for (const FigureInfo &info : figureInfos)
        text += QStringLiteral(",%1").arg(info.key);
    for (const PictureResult &result : results) {
        const QString name = QString::fromStdString(model.classes[std::size_t(result.classIndex)].name);
        for (std::size_t i = 0; i < contestants.size(); ++i) {
            text += QStringLiteral("\n%1,%2,%3")
                        .arg(quotedField(result.file), quotedField(name), contestants[i].name);
            for (const std::optional<double> &value : result.figures[i])
                text += ',' + (value ? QString::number(*value, 'g', 6) : QString());
        }
    }
    writeText(file, text.toUtf8() + '\n');
}

constexpr const char *description =
    "Measures what saliency methods are worth, over pictures and folders of pictures:\n"
    "  insertion      area under the class's probability while the picture fades in from a blur, the\n"
    "                 places that the map ranks first coming first (Petsiuk et al. 2018): more is better\n"
    "  deletion       the same while it fades out to grey: less is better\n"
    "  pointing game  how often the map's maximum lies in an object's box (Zhang et al. 2016)\n"
    "  mass in box    share of the map's positive mass in the boxes\n"
    "A picture is a grid of 16 x 16 places, which come and go step by step. Signed maps rank what speaks\n"
    "against the class last. The rows edge-detector and random-order are what a method must beat;\n"
    "random-order's boxes are their share of the area.\n\n"
    "--boxes takes a .csv with the columns file, left, top, right, bottom, or a .json {\"file\": [[left,\n"
    "top, right, bottom]]}: edges in pixels of the upright picture, files by name without folder. A\n"
    "picture may have several.\n\n"
    "--checks, or all of them with --full, cost many more passes:\n"
    "  cascade          rank correlation with the map of the same network with all weights drawn anew\n"
    "                   (Adebayo et al. 2018): near 1 for what shows the picture, not the network\n"
    "  random-logit     the same with maps of other classes (Sixt et al. 2020)\n"
    "  max-sensitivity  greatest relative change under noise of 2 % (Yeh et al. 2019)\n"
    "  lesions          rank correlation of the blocks' scores with what the logit loses without each\n\n"
    "Such figures disagree and are noisy (Tomsett et al. 2020): look at several, over many pictures.\n"
    "Ctrl+C ends early and keeps what is done.";

void addOptions(CommandLine &line)
{
    line.add({"methods", "Which methods, separated by commas; see reslens-cli saliency (default: all).",
              "LIST", "all"});
    line.add({"boxes", "Where the objects are: .csv or .json; see above.", "FILE"});
    line.add({"sample", "This many of the pictures, by chance.", "N"});
    line.add({"seed", "Another sample for each (default: 1).", "S", "1"});
    line.add({"class",
              "The class to explain, by index, name or WordNet id; each picture's most probable if "
              "left out.",
              "CLASS"});
    line.add({"steps", "Passes of the methods that average; see reslens-cli saliency.", "N"});
    line.add({"curve-steps",
              QStringLiteral("In how many steps pictures come and go (default: %1).").arg(curveSteps), "N",
              QString::number(curveSteps)});
    line.add({"checks", "More to measure: cascade, random-logit, max-sensitivity, lesions.", "LIST"});
    line.add({"full", "All checks."});
    line.add({{"o", "output"}, "A .csv file with every picture's figures.", "FILE"});
    line.addModel();
    line.addPreprocessing();
    line.addThreads();
    line.addJson();
}

std::shared_ptr<const Network> loadClassifier(const CommandLine &line)
{
    std::shared_ptr<const Network> network = loadModel(line);
    if (network->info().classes.empty())
        throw Error(ErrorKind::NoTop,
                    network->info().name + " has no classification head: there is no probability to follow");
    return network;
}

} // namespace

int evaluateSaliency(const QStringList &arguments)
{
    CommandLine line("evaluate-saliency", "IMAGE|FOLDER…", description);
    addOptions(line);
    if (!line.parse(arguments))
        return statusDone;
    if (line.arguments().isEmpty())
        throw UsageError("evaluate-saliency needs at least one picture or folder.");
    const EvaluationRequest request{.contestants = contestants(methodsOf(line)),
                                    .checks = checksOf(line),
                                    .steps = line.isSet("steps") ? line.number("steps", 1, mostSteps) : 0,
                                    .curveSteps = line.number("curve-steps", 1, gridCells * gridCells),
                                    .stop = interruptToken()};
    const QString file = line.output();
    if (!file.isEmpty() && QFileInfo(file).suffix().toLower() != "csv")
        throw UsageError(QStringLiteral("--output takes a file that ends in .csv, not \"%1\".").arg(file));
    PictureBatch::Options options{.read = line.readOptions(),
                                  .preprocessing = line.preprocessing(),
                                  .boxes = line.isSet("boxes") ? readObjectBoxes(line.value("boxes"))
                                                               : ObjectBoxes(),
                                  .classIndex = {}};
    const int threads = line.threads();
    std::vector<PictureSource> sources = sample(expand(line.arguments()), line);

    if (!options.boxes.isEmpty() && std::ranges::none_of(sources, [&](const PictureSource &source) {
            return options.boxes.contains(QFileInfo(source.file).fileName());
        }))
        throw Error(ErrorKind::InvalidArgument,
                    QStringLiteral("%1 has boxes of none of these pictures; expected their file names in it")
                        .arg(line.value("boxes"))
                        .toStdString());

    const std::shared_ptr<const Network> network = loadClassifier(line);
    const ModelInfo model = namedInfo(network->info());
    if (line.isSet("class"))
        options.classIndex = chooseClass(line.value("class"), model);
    PictureBatch batch(network, std::move(sources), std::move(options), request);
    batch.run(threads);

    const std::vector<PictureResult> results = batch.results();
    const bool interrupted = request.stop.stop_requested();
    if (results.empty() && interrupted)
        throwIfInterrupted();
    if (!file.isEmpty() && !results.empty())
        writeCsv(file, request.contestants, results, model);
    const Report report(request.contestants, results);
    if (line.isSet("json"))
        print(QJsonObject{{"model", QString::fromStdString(model.name)},
                          {"input_size", network->inputSize()},
                          {"preprocessing", describePreparation(line.preparation())},
                          {"pictures", qint64(results.size())},
                          {"failed", batch.failures()},
                          {"interrupted", interrupted},
                          {"curve_steps", request.curveSteps},
                          {"rows", report.json()}});
    else if (!results.empty())
        print(report.text());
    if (interrupted)
        warn("Cancelled: these are the pictures that were done.");
    return interrupted ? statusCancelled : batch.failures() > 0 ? statusFailed : statusDone;
}

} // namespace reslens::cli
