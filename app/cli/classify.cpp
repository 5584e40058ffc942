// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model.h"
#include "engine/error.h"
#include "engine/report.h"
#include "engine/runner.h"
#include "ui/picture/picture_files.h"

#include <QJsonArray>

#include <future>
#include <optional>

namespace reslens::cli {
namespace {

constexpr int mostClasses = 1'000'000;

/// A picture file, or a folder that holds none and what there is to say of it.
struct Input
{
    QString file;
    std::optional<Error> failure;
};

std::vector<Input> expand(const QStringList &paths)
{
    std::vector<Input> inputs;
    for (const QString &path : paths) {
        try {
            for (const QString &file : picturesIn({path}))
                inputs.push_back({file, std::nullopt});
        } catch (const Error &error) {
            inputs.push_back({path, error});
        }
    }
    return inputs;
}

/// Reads pictures one ahead of the one that is asked for, so that decoding overlaps with loading the model
/// and with the network's run.
class ReadAhead
{
public:
    ReadAhead(const std::vector<Input> &inputs, const ReadOptions &options)
        : m_inputs(inputs), m_options(options)
    {
        start();
    }

    /// The next picture, in the inputs' order. Throws Error as readPicture() does.
    Picture next()
    {
        std::future<Picture> current = std::move(m_pending);
        start();
        return current.get();
    }

private:
    void start()
    {
        if (m_started == m_inputs.size())
            return;
        m_pending = std::async(std::launch::async, [&input = m_inputs[m_started], options = m_options] {
            return input.failure ? throw *input.failure : readPicture(input.file, options);
        });
        ++m_started;
    }

    const std::vector<Input> &m_inputs;
    ReadOptions m_options;
    std::size_t m_started = 0;
    std::future<Picture> m_pending;
};

/// What the network says of one picture.
struct Answer
{
    int width = 0;
    int height = 0;
    std::vector<Prediction> top;
    double milliseconds = 0;
};

class Classifier
{
public:
    Classifier(std::shared_ptr<const Network> network, const CommandLine &line)
        : m_runner(std::move(network), line.threads()), m_preprocessing(line.preprocessing()),
          m_top(line.number("top", 1, mostClasses))
    {
    }

    Answer answer(const Picture &picture)
    {
        const Image square =
            resizeForNetwork(*picture.pixels, m_runner.network().inputSize(), m_preprocessing);
        RunOptions options;
        options.stop = interruptToken();
        const RunResult result = m_runner.run(normalize(square), options);
        return {picture.width(), picture.height(), topK(result, m_top), result.milliseconds};
    }

private:
    Runner m_runner;
    Preprocessing m_preprocessing;
    int m_top;
};

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
int classifyAll(const std::vector<Input> &inputs, ReadAhead &pictures, Classifier &classifier, Output &output)
{
    int status = statusDone;
    ProgressLine progress;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const QString &file = inputs[i].file;
        progress.show(int(i) + 1, int(inputs.size()), file);
        try {
            const Answer answer = classifier.answer(pictures.next());
            progress.clear();
            output.add(file, answer);
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

    const std::vector<Input> inputs = expand(line.arguments());
    ReadAhead pictures(inputs, line.readOptions());
    const std::shared_ptr<const Network> network = loadModel(line.value("model"), line.inputSize());
    const ModelInfo info = namedInfo(network->info());
    if (info.classes.empty())
        throw Error(ErrorKind::NoTop, info.name +
                                          " has no classification head (a \"no top\" file): it can show "
                                          "features, but it cannot classify");
    Classifier classifier(network, line);
    Output output(line.isSet("json"), info);
    return classifyAll(inputs, pictures, classifier, output);
}

} // namespace reslens::cli
