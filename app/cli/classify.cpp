// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model.h"
#include "app/cli/read_ahead.h"
#include "engine/error.h"
#include "engine/prediction.h"
#include "engine/report.h"
#include "engine/runner.h"
#include "ui/export/class_json.h"

#include <QJsonArray>

namespace reslens::cli {
namespace {

/// What a network says of a picture.
struct Answer
{
    std::vector<Prediction> top;
    double milliseconds = 0;
};

/// A model that is asked.
class Witness
{
public:
    Witness(const std::shared_ptr<const Network> &network, int threads)
        : m_info(namedInfo(network->info())), m_runner(network, threads)
    {
        if (m_info.classes.empty())
            throw Error(ErrorKind::NoTop, m_info.name +
                                              " has no classification head (a \"no top\" file): it can show "
                                              "features, but it cannot classify");
    }

    const ModelInfo &info() const { return m_info; }
    int inputSize() const { return m_runner.network().inputSize(); }

    Answer answer(const Tensor &input, int top)
    {
        RunOptions options;
        options.stop = interruptToken();
        const RunResult result = m_runner.run(input, options);
        return {topK(result, top), result.milliseconds};
    }

private:
    ModelInfo m_info;
    Runner m_runner;
};

QJsonObject toJson(const Answer &answer, const ModelInfo &info)
{
    return {{"top", predictionsJson(info, answer.top)}, {"milliseconds", answer.milliseconds}};
}

/// Collects the results as JSON, or prints each as soon as it is there. What the first model says is a result
/// of its own; what others say of the same picture is in its "others".
class Output
{
public:
    Output(bool json, const QString &preprocessing, const std::vector<Witness> &witnesses)
        : m_json(json), m_preprocessing(preprocessing), m_witnesses(witnesses)
    {
    }

    void add(const QString &file, const Prepared &picture, const std::vector<Answer> &answers)
    {
        if (m_json) {
            m_results.append(document(file, picture, answers));
            return;
        }
        if (!m_isPreprocessingSaid)
            print(QStringLiteral("Preprocessing: %1\n").arg(m_preprocessing));
        m_isPreprocessingSaid = true;
        print(text(file, answers));
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
            print(QJsonObject{{"model", nameOf(0)},
                              {"input_size", m_witnesses[0].inputSize()},
                              {"preprocessing", m_preprocessing},
                              {"results", m_results}});
    }

private:
    QString nameOf(std::size_t witness) const
    {
        return QString::fromStdString(m_witnesses[witness].info().name);
    }

    QJsonObject document(const QString &file, const Prepared &picture,
                         const std::vector<Answer> &answers) const
    {
        QJsonObject result = toJson(answers[0], m_witnesses[0].info());
        result["file"] = file;
        result["width"] = picture.width;
        result["height"] = picture.height;
        QJsonArray others;
        for (std::size_t i = 1; i < answers.size(); ++i) {
            QJsonObject other = toJson(answers[i], m_witnesses[i].info());
            other["model"] = nameOf(i);
            other["input_size"] = m_witnesses[i].inputSize();
            others.append(other);
        }
        if (!others.isEmpty())
            result["others"] = others;
        return result;
    }

    QString text(const QString &file, const std::vector<Answer> &answers) const
    {
        QString text = escaped(file) + '\n';
        for (std::size_t i = 0; i < answers.size(); ++i) {
            if (answers.size() > 1)
                text += escaped(nameOf(i)) + ":\n";
            text += QString::fromStdString(formatPredictions(answers[i].top, m_witnesses[i].info().classes));
        }
        return text;
    }

    bool m_json;
    QString m_preprocessing;
    bool m_isPreprocessingSaid = false;
    const std::vector<Witness> &m_witnesses;
    QJsonArray m_results;
};

/// The exit status.
int classifyAll(const std::vector<PictureSource> &sources, ReadAhead &pictures,
                std::vector<Witness> &witnesses, int top, Output &output)
{
    int status = statusDone;
    ProgressLine progress;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const QString &file = sources[i].file;
        progress.show(int(i) + 1, int(sources.size()), file);
        throwIfInterrupted();
        try {
            const Prepared picture = pictures.next();
            std::vector<Answer> answers;
            for (std::size_t witness = 0; witness < witnesses.size(); ++witness)
                answers.push_back(witnesses[witness].answer(picture.inputs[witness], top));
            progress.clear();
            output.add(file, picture, answers);
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
        "still run.\nWith several --model, each says it of the same picture; --classes then belongs to the "
        "model in the same place.");
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
    const int top = line.number("top", 1, mostListed);
    ReadAhead pictures(sources, line.readOptions(), line.preprocessing());
    std::vector<Witness> witnesses;
    std::vector<int> inputSizes;
    for (const std::shared_ptr<const Network> &network : loadModels(line)) {
        witnesses.emplace_back(network, line.threads());
        inputSizes.push_back(network->inputSize());
    }
    pictures.setInputSizes(inputSizes);
    Output output(line.isSet("json"), describePreparation(line.preparation()), witnesses);
    return classifyAll(sources, pictures, witnesses, top, output);
}

} // namespace reslens::cli
