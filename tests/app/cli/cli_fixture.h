// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/imaging/preprocess.h"
#include "engine/runner.h"
#include "tests/support/keras_file_writer.h"
#include "tests/ui/picture/sample_files.h"
#include "ui/picture/picture.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>

namespace reslens::test {

struct CliResult
{
    int status = -1;
    QByteArray out;
    QByteArray err;

    /// Standard output as the one JSON document that it must be; empty if it is not.
    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    QStringList keys() const { return json().keys(); }
};

/// A test in the background is started with Ctrl+C ignored, and the program would go on to ignore it.
inline const auto inheritedCtrlC = std::signal(SIGINT, SIG_DFL);

/// Runs reslens-cli to its end.
inline CliResult runCli(const QStringList &arguments)
{
    QProcess process;
    process.start(RESLENS_CLI, arguments, QIODevice::ReadOnly);
    if (!process.waitForFinished(120'000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

/// A folder with a narrow network of 7 classes for pictures of 75 × 75 and the same network without its top.
class ModelFolder
{
public:
    ModelFolder()
    {
        FileOptions options;
        options.inputSize = 75;
        options.about = "made for a test";
        for (int index = 0; index < classes; ++index) {
            options.classNames.push_back("name " + std::to_string(index));
            options.wnids.push_back("n0000000" + std::to_string(index));
        }
        writeKerasFile(path("model.h5").toStdString(), randomNetwork(architecture(classes)), options);
        options.classNames = options.wnids = {};
        writeKerasFile(path("notop.h5").toStdString(), randomNetwork(architecture(0)), options);
    }

    static constexpr int classes = 7;

    static Architecture architecture(int numberOfClasses)
    {
        return Architecture::standard(0.125, 1, 2, 1, numberOfClasses);
    }

    QString path(const QString &name) const { return m_folder.filePath(name); }

    QString write(const QString &name, const QByteArray &bytes) const
    {
        QDir(m_folder.path()).mkpath(QFileInfo(name).path());
        QFile file(path(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path(name) : QString();
    }

    QString writePicture(const QString &name, int width, int height) const
    {
        return write(name, encode(makeTexture(width, height), "png"));
    }

    QStringList entries() const
    {
        return QDir(m_folder.path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }

private:
    QTemporaryDir m_folder;
};

/// What the engine itself says of a picture, on one thread.
inline RunResult runDirectly(const QString &model, const QString &picture,
                             const Preprocessing &preprocessing = {},
                             const std::vector<std::string> &capture = {},
                             const ReadOptions &readOptions = {})
{
    const auto network = Network::load(model.toStdString());
    const Picture read = readPicture(picture, readOptions);
    RunOptions options;
    options.capture = capture;
    return Runner(network, 1)
        .run(normalize(resizeForNetwork(*read.pixels, network->inputSize(), preprocessing)), options);
}

} // namespace reslens::test
