// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_line.h"
#include "engine/network.h"
#include "ui/export/provenance.h"

#include <vector>

namespace reslens::cli {

/// Loads the model that the command line chooses, at the input size that it asks for. Stops at Ctrl+C. Throws
/// Error as Network::load() does, UsageError for several models.
std::shared_ptr<const Network> loadModel(const CommandLine &line);

/// The same for each model, where --model may be given several times; --classes likewise, in the same order.
std::vector<std::shared_ptr<const Network>> loadModels(const CommandLine &line);

/// Where a picture's values in a network come from. Throws Error as sha256Of().
Provenance provenanceOf(const Picture &picture, const Network &network, const Preparation &preparation);

/// What a model says of itself, with ImageNet's class names for 1000 classes that the file does not name.
ModelInfo namedInfo(ModelInfo info);

} // namespace reslens::cli
