// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/network.h"
#include "engine/weights/weight_file.h"

#include <QString>

namespace reslens::cli {

/// Loads a model file, or the built-in model for an empty path; inputSize 0 takes the model's own. Stops at
/// Ctrl+C. Throws Error as Network::load() does.
std::shared_ptr<const Network> loadModel(const QString &file, int inputSize = 0);

/// A model file's weights as they are stored, or the built-in model's for an empty path. Throws Error as
/// WeightFile::open().
WeightFile openWeights(const QString &file);

/// What a model says of itself, with ImageNet's class names for 1000 classes that the file does not name.
ModelInfo namedInfo(ModelInfo info);

} // namespace reslens::cli
