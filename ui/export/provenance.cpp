// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/provenance.h"

#include <QFileInfo>

namespace reslens {
namespace {

void insertUnlessEmpty(QJsonObject &object, const QString &key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

} // namespace

void Provenance::setModel(const ModelInfo &info)
{
    model = QString::fromStdString(info.name);
    modelPath =
        info.path.empty() ? QString() : QFileInfo(QString::fromStdString(info.path)).absoluteFilePath();
}

QJsonObject toJson(const Provenance &provenance)
{
    QJsonObject image{{QStringLiteral("name"), provenance.image}};
    insertUnlessEmpty(image, QStringLiteral("path"), provenance.imagePath);
    insertUnlessEmpty(image, QStringLiteral("sha256"), provenance.imageHash);
    QJsonObject model{{QStringLiteral("name"), provenance.model},
                      {QStringLiteral("input_size"), provenance.inputSize}};
    insertUnlessEmpty(model, QStringLiteral("path"), provenance.modelPath);
    insertUnlessEmpty(model, QStringLiteral("sha256"), provenance.modelHash);
    return {{QStringLiteral("image"), image},
            {QStringLiteral("model"), model},
            {QStringLiteral("preprocessing"), provenance.preprocessing}};
}

std::map<std::string, std::string> attributesOf(const Provenance &provenance)
{
    std::map<std::string, std::string> attributes{{"image", provenance.image.toStdString()},
                                                  {"image_sha256", provenance.imageHash.toStdString()},
                                                  {"model", provenance.model.toStdString()},
                                                  {"model_sha256", provenance.modelHash.toStdString()},
                                                  {"preprocessing", provenance.preprocessing.toStdString()}};
    std::erase_if(attributes, [](const auto &attribute) { return attribute.second.empty(); });
    return attributes;
}

} // namespace reslens
