// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model.h"
#include "app/cli/read_ahead.h"
#include "engine/error.h"
#include "engine/report.h"
#include "engine/runner.h"

#include <QJsonArray>

namespace reslens::cli {
namespace {

constexpr int mostClasses = 1'000'000;

/// What the network says of one picture.
struct Answer
{
    int width = 0;
    int height = 0;
    std::vector<Prediction> top;
    double milliseconds = 0;
};

Answer answer(const Prepared &picture, Runner &runner, int top)
{
    RunOptions options;
    options.stop = interruptToken();
    const RunResult result = runner.run(picture.input, options);
    return {picture.width, picture.height, topK(result, top), result.milliseconds};
}

QJsonObject toJson(const QString &file, const Answer &answer, const std::vector<ClassLabel> &classes)
{
    QJsonArray top;
    for (const Prediction &prediction : answer.top) {
        const ClassLabel &label = classes[std::size_t(prediction.classIndex)];
        top.append(QJsonObject{{"class", prediction.classIndex},
                               {"wnid", QString::fromStdString(label.wnid)},
                               {"name", QString::fromStdString(label.name)},
                               {"probability", double(prediction.probability)},
                               {"logit", double(prediction.logit)}});
    }
    return {{"file", file},
            {"width", answer.width},
            {"height", answer.height},
            {"top", top},
            {"milliseconds", answer.milliseconds}};
}

/// Collects the results as JSON, or prints each as soon as it is there.
class Output
{
public:
    Output(bool json, const ModelInfo &info) : m_json(json), m_info(info) {}

    void add(const QString &file, const Answer &answer)
    {
        if (m_json)
            m_results.append(toJson(file, answer, m_info.classes));
        else
            print(file + '\n' + QString::fromStdString(formatPredictions(answer.top, m_info.classes)));
    }

    void addFailure(const QString &file, const Error &error)
    {
        warn(error.what());
        if (m_json)
            m_results.append(QJsonObject{{"file", file}, {"error", error.what()}});
    }

    void finish() const
    {
        if (m_json)
            print(QJsonObject{{"model", QString::fromStdString(m_info.name)}, {"results", m_results}});
    }

private:
    bool m_json;
    const ModelInfo &m_info;
    QJsonArray m_results;
};

/// The exit status.
int classifyAll(const std::vector<PictureSource> &sources, ReadAhead &pictures, Runner &runner, int top,
                Output &output)
{
    int status = statusDone;
    ProgressLine progress;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const QString &file = sources[i].file;
        progress.show(int(i) + 1, int(sources.size()), file);
        throwIfInterrupted();
        try {
            const Answer found = answer(pictures.next(), runner, top);
            progress.clear();
            output.add(file, found);
        } catch (const Error &error) {
            if (error.kind() == ErrorKind::Cancelled)
                throw;
            progress.clear();
            output.addFailure(file, error);
            status = statusFailed;
        }
    }
    output.finish();
    return status;
}

} // namespace

int classify(const QStringList &arguments)
{
    CommandLine line(
        "classify", "IMAGE…",
        "Says what is on pictures: the most probable classes of each, with their probabilities.\n"
        "A folder stands for all pictures in it. A file that cannot be read is reported, and the others "
        "still run.");
    line.addModel();
    line.add({"top", "How many classes to name (default: 5).", "N", "5"});
    line.addPreprocessing();
    line.addThreads();
    line.addJson();
    if (!line.parse(arguments))
        return statusDone;
    if (line.arguments().isEmpty())
        throw UsageError("classify needs at least one picture or folder.");

    const std::vector<PictureSource> sources = expand(line.arguments());
    const int top = line.number("top", 1, mostClasses);
    ReadAhead pictures(sources, line.readOptions(), line.preprocessing());
    const std::shared_ptr<const Network> network = loadModel(line);
    const ModelInfo info = namedInfo(network->info());
    if (info.classes.empty())
        throw Error(ErrorKind::NoTop, info.name +
                                          " has no classification head (a \"no top\" file): it can show "
                                          "features, but it cannot classify");
    pictures.setInputSize(network->inputSize());
    Runner runner(network, line.threads());
    Output output(line.isSet("json"), info);
    return classifyAll(sources, pictures, runner, top, output);
}

} // namespace reslens::cli
