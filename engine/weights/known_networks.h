// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>

namespace reslens {

/// Which other network of keras.applications a file holds, judged by its layer names: "VGG16 or VGG19, by its
/// layer block1_conv1". Nothing if it is none that people are likely to confuse with ours.
std::optional<std::string> identifyNetwork(std::span<const std::string> layerNames);

} // namespace reslens
