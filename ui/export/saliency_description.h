// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model_info.h"
#include "engine/saliency/display.h"
#include "engine/saliency/saliency.h"
#include "ui/export/provenance.h"

#include <QJsonObject>
#include <QMap>

#include <optional>
#include <string>

namespace reslens {

/// A saliency map and all that is said of it but where it came from.
struct DescribedMap
{
    const SaliencyMethodInfo &method;
    std::optional<int> classIndex; ///< none for a method that knows no classes
    std::optional<int> versus;
    std::optional<int> branch;
    const SaliencyResult &result;
    MapRange range;
    std::string note; ///< what colours cannot show, see remarkOn()
    const ModelInfo &model;
};

/// All blocks' scores added up.
double blocksTotal(const SaliencyResult &result);

/// stem + blocks + biases = logit, for a map of the direct path.
struct LogitSum
{
    double stem = 0;
    double blocks = 0;
    double biases = 0;
    double logit = 0;
};

/// Rounded to `decimals` so that the figures add up as they are written: the greatest part takes what
/// rounding leaves over. Nothing for a method whose parts do not add up to the logit.
std::optional<LogitSum> logitSum(const SaliencyResult &result, int decimals);

/// Method, subject, logit, size and range, and the scores of the blocks.
QJsonObject saliencyJson(const DescribedMap &map);

/// The same with where the map came from and the name of the file that it is in: what lies beside that file.
QJsonObject saliencyJson(const DescribedMap &map, const Provenance &provenance, const QString &file);

/// The texts of a PNG file: method, block, branch, class, versus, model, range and note.
QMap<QString, QString> saliencyTexts(const DescribedMap &map);

} // namespace reslens
