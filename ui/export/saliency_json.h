// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model_info.h"
#include "engine/saliency/display.h"
#include "engine/saliency/saliency.h"

#include <QJsonObject>

#include <optional>
#include <string>

namespace reslens {

/// What a saliency map is of.
struct SaliencySubject
{
    std::optional<int> classIndex; ///< none for a method that knows no classes
    std::optional<int> versus;
    std::optional<int> branch;
};

/// Everything that is said of a map but its picture and its model: method, subject, logit, size and range,
/// and the scores of the blocks. `note` is what colours cannot show, see remarkOn().
QJsonObject saliencyJson(const SaliencyMethodInfo &method, const SaliencySubject &subject,
                         const SaliencyResult &result, const MapRange &range, const std::string &note,
                         const ModelInfo &model);

} // namespace reslens
