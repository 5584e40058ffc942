// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model_info.h"
#include "engine/prediction.h"

#include <cstdint>
#include <span>
#include <string>

namespace reslens {

/// A probability as people read it, right-aligned to 8 characters: "  87.3 %". Always with a decimal point.
std::string formatPercentage(double probability);

/// "55,873,736"
std::string formatCount(std::int64_t count);

/// Predictions as text, a line each: "  87.3 %  tabby  (n02123045)", without the brackets where the model
/// gives no WordNet id. `classes` are the model's, indexed by Prediction::classIndex.
std::string formatPredictions(std::span<const Prediction> predictions, std::span<const ClassLabel> classes);

} // namespace reslens
