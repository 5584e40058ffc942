// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/resources.h"

#include <QDir>
#include <QFile>

namespace reslens {

std::vector<ClassLabel> imagenetLabels()
{
    QFile table(QStringLiteral(":/labels/imagenet.tsv"));
    const bool opened = table.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    Q_UNUSED(opened)
    std::vector<ClassLabel> labels;
    while (!table.atEnd()) {
        const QByteArrayList fields = table.readLine().chopped(1).split('\t');
        labels.push_back({fields.at(1).toStdString(), fields.at(2).toStdString()});
    }
    return labels;
}

QStringList samplePictures()
{
    const QDir folder(QStringLiteral(":/samples"));
    QStringList paths;
    for (const QString &name : folder.entryList(QDir::Files, QDir::Name))
        paths << folder.filePath(name);
    return paths;
}

} // namespace reslens
