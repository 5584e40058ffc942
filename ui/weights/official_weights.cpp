// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/weights/official_weights.h"

#include "engine/error.h"

#include <QDir>
#include <QStandardPaths>

namespace reslens {
namespace {

constexpr auto server = "https://storage.googleapis.com/tensorflow/keras-applications/inception_resnet_v2/";

RemoteFile onServer(const QString &name, const char *md5, qint64 size)
{
    return {name, QUrl(QLatin1String(server) + name), md5, size};
}

} // namespace

RemoteFile officialWeights(bool top)
{
    // Names and checksums are those of keras.applications.inception_resnet_v2.
    if (top)
        return onServer(QStringLiteral("inception_resnet_v2_weights_tf_dim_ordering_tf_kernels.h5"),
                        "e693bd0210a403b3192acc6073ad2e96", 225'209'952);
    return onServer(QStringLiteral("inception_resnet_v2_weights_tf_dim_ordering_tf_kernels_notop.h5"),
                    "d19885ff4a710c122648d3b5c3b684e4", 219'055'592);
}

QString weightsFolder()
{
    // Not AppDataLocation: that follows the running program's name.
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/reslens/models");
}

QStringList weightsFolders()
{
    QStringList folders{weightsFolder()};
    const QString kerasHome = qEnvironmentVariable("KERAS_HOME");
    if (!kerasHome.isEmpty())
        folders << QDir(kerasHome).absoluteFilePath(QStringLiteral("models"));
    folders << QDir::home().filePath(QStringLiteral(".keras/models"));
    folders.removeDuplicates();
    return folders;
}

QString findWeights(const QString &fileName)
{
    for (const QString &folder : weightsFolders()) {
        const QString path = QDir(folder).filePath(fileName);
        if (QFileInfo(path).isFile())
            return path;
    }
    return {};
}

QString resolveModel(const QString &name)
{
    if (name == QLatin1String("built-in"))
        return {};
    const bool withoutTop = name == QLatin1String("official-notop");
    if (!withoutTop && name != QLatin1String("official"))
        return name;
    const QString fileName = officialWeights(!withoutTop).name;
    QString path = findWeights(fileName);
    if (path.isEmpty())
        throw Error(ErrorKind::FileMissing,
                    QStringLiteral("The official weights, %1, are in none of the folders %2; "
                                   "\"reslens-cli fetch-weights%3\" fetches them")
                        .arg(fileName, weightsFolders().join(QStringLiteral(", ")),
                             withoutTop ? QStringLiteral(" --no-top") : QString())
                        .toStdString());
    return path;
}

} // namespace reslens
