// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/saliency_description.h"

#include "ui/export/class_json.h"

#include <QFileInfo>

#include <algorithm>
#include <cmath>
#include <numeric>

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

double blocksTotal(const SaliencyResult &result)
{
    return std::accumulate(result.scores.begin(), result.scores.end(), 0.0,
                           [](double sum, const BlockContribution &score) { return sum + score.total; });
}

std::optional<LogitSum> logitSum(const SaliencyResult &result, int decimals)
{
    if (!result.stem || !result.biases)
        return {};
    const double unit = std::pow(10, -decimals);
    const auto rounded = [unit](double value) { return std::round(value / unit) * unit; };
    LogitSum sum{rounded(*result.stem), rounded(blocksTotal(result)), rounded(*result.biases),
                 rounded(result.logit)};
    double &greatest = *std::max({&sum.stem, &sum.blocks, &sum.biases}, [](const double *a, const double *b) {
        return std::abs(*a) < std::abs(*b);
    });
    greatest += sum.logit - (sum.stem + sum.blocks + sum.biases);
    return sum;
}

QJsonObject saliencyJson(const DescribedMap &map)
{
    const SaliencyResult &result = map.result;
    return {{"method", map.method.name.data()},
            {"block", textOrNull(result.block)},
            {"branch", orNull(map.branch)},
            {"class", classJson(map.model, map.classIndex)},
            {"versus", classJson(map.model, map.versus)},
            {"logit", map.classIndex ? QJsonValue(result.logit) : QJsonValue()},
            {"height", result.map.shape().height},
            {"width", result.map.shape().width},
            {"minimum", map.range.minimum},
            {"maximum", map.range.maximum},
            {"extent", saliencyScale(map.range, map.method.isSigned).high},
            {"note", textOrNull(map.note)},
            {"stem", orNull(result.stem)},
            {"biases", orNull(result.biases)},
            {"completeness_error", orNull(result.completenessError)},
            {"blocks", blocksJson(result)}};
}

QJsonObject saliencyJson(const DescribedMap &map, const Provenance &provenance, const QString &file)
{
    QJsonObject json = saliencyJson(map);
    const QJsonObject origin = toJson(provenance);
    for (auto entry = origin.begin(); entry != origin.end(); ++entry)
        json.insert(entry.key(), entry.value());
    json.insert("file", QFileInfo(file).fileName());
    return json;
}

QMap<QString, QString> saliencyTexts(const DescribedMap &map)
{
    const auto className = [&](int index) {
        return QString::fromStdString(map.model.classes[std::size_t(index)].name);
    };
    const std::string &block = map.result.block;
    QMap<QString, QString> texts{
        {"method", map.method.name.data()},
        {"block", block.empty() ? "all together" : block.c_str()},
        {"model", map.model.name.c_str()},
        {"minimum", QString::number(map.range.minimum)},
        {"maximum", QString::number(map.range.maximum)},
        {"extent", QString::number(saliencyScale(map.range, map.method.isSigned).high)}};
    if (map.classIndex)
        texts.insert("class", className(*map.classIndex));
    if (map.versus)
        texts.insert("versus", className(*map.versus));
    if (map.branch)
        texts.insert("branch", QString::number(*map.branch));
    if (!map.note.empty())
        texts.insert("note", QString::fromStdString(map.note));
    return texts;
}

} // namespace reslens
