// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/class_json.h"

#include "engine/prediction.h"

namespace reslens {

QJsonObject classJson(const ModelInfo &model, int index)
{
    const ClassLabel &label = model.classes[std::size_t(index)];
    return {{"class", index},
            {"wnid", QString::fromStdString(label.wnid)},
            {"name", QString::fromStdString(label.name)}};
}

QJsonValue classJson(const ModelInfo &model, const std::optional<int> &index)
{
    return index ? QJsonValue(classJson(model, *index)) : QJsonValue();
}

QJsonArray predictionsJson(const ModelInfo &model, const std::vector<Prediction> &predictions)
{
    QJsonArray array;
    for (const Prediction &prediction : predictions) {
        QJsonObject object = classJson(model, prediction.classIndex);
        object["probability"] = double(prediction.probability);
        object["logit"] = double(prediction.logit);
        array.append(object);
    }
    return array;
}

} // namespace reslens
