// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/remembered_names.h"

#include <QFileInfo>
#include <QSettings>
#include <QVariantMap>

namespace reslens {
namespace {

const auto Key = QStringLiteral("classNames");

QString absolute(const QString &path)
{
    return QFileInfo(path).absoluteFilePath();
}

} // namespace

QString rememberedClassNames(const QString &modelPath)
{
    const QString names = QSettings().value(Key).toMap().value(absolute(modelPath)).toString();
    return QFileInfo(names).isFile() ? names : QString();
}

void rememberClassNames(const QString &modelPath, const QString &names)
{
    QVariantMap all = QSettings().value(Key).toMap();
    if (names.isEmpty())
        all.remove(absolute(modelPath));
    else
        all.insert(absolute(modelPath), absolute(names));
    QSettings().setValue(Key, all);
}

} // namespace reslens
