// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/saliency_json.h"

#include "ui/export/class_json.h"

#include <algorithm>

namespace reslens {
namespace {

template <typename Value>
QJsonValue orNull(const std::optional<Value> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonValue textOrNull(const std::string &text)
{
    return text.empty() ? QJsonValue() : QJsonValue(QString::fromStdString(text));
}

QJsonArray blocksJson(const SaliencyResult &result)
{
    QJsonArray blocks;
    for (const BlockContribution &score : result.scores) {
        QJsonArray branches;
        std::ranges::copy(score.branches, std::back_inserter(branches));
        blocks.append(QJsonObject{{"name", QString::fromStdString(score.block)},
                                  {"score", score.total},
                                  {"branches", branches},
                                  {"bias", result.stem ? QJsonValue(score.bias) : QJsonValue()}});
    }
    return blocks;
}

} // namespace

QJsonObject saliencyJson(const SaliencyMethodInfo &method, const SaliencySubject &subject,
                         const SaliencyResult &result, const MapRange &range, const std::string &note,
                         const ModelInfo &model)
{
    return {{"method", method.name.data()},
            {"block", textOrNull(result.block)},
            {"branch", orNull(subject.branch)},
            {"class", classJson(model, subject.classIndex)},
            {"versus", classJson(model, subject.versus)},
            {"logit", subject.classIndex ? QJsonValue(result.logit) : QJsonValue()},
            {"height", result.map.shape().height},
            {"width", result.map.shape().width},
            {"minimum", range.minimum},
            {"maximum", range.maximum},
            {"note", textOrNull(note)},
            {"stem", orNull(result.stem)},
            {"biases", orNull(result.biases)},
            {"completeness_error", orNull(result.completenessError)},
            {"blocks", blocksJson(result)}};
}

} // namespace reslens
