// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model_info.h"
#include "engine/prediction.h"
#include "engine/runner.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>
#include <vector>

namespace reslens {

/// {"class", "wnid", "name"}.
QJsonObject classJson(const ModelInfo &model, int index);
/// Null for no class.
QJsonValue classJson(const ModelInfo &model, const std::optional<int> &index);

/// Each with its probability and logit.
QJsonArray predictionsJson(const ModelInfo &model, const std::vector<Prediction> &predictions);

} // namespace reslens
