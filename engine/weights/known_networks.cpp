// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/known_networks.h"

#include <algorithm>
#include <array>

namespace reslens {

namespace {

struct Signature
{
    const char *layer;
    const char *network;
};

/// A layer that only this network of keras.applications has; where one name is another's too, the more
/// telling one comes first.
constexpr std::array signatures{
    Signature{"block1_conv1_bn", "Xception"},
    Signature{"block2_sepconv1", "Xception"},
    Signature{"block1_conv1", "VGG16 or VGG19"},
    Signature{"conv2_block1_preact_bn", "ResNet-v2"},
    Signature{"conv2_block1_concat", "DenseNet"},
    Signature{"conv2_block1_1_conv", "ResNet or DenseNet"},
    Signature{"res2a_branch2a", "ResNet50"},
    Signature{"conv_dw_1", "MobileNet"},
    Signature{"expanded_conv_depthwise", "MobileNet-v2 or -v3"},
    Signature{"block1a_dwconv", "EfficientNet"},
    Signature{"normal_conv_1_0", "NASNet"},
};

/// Inception-v3 numbers all its convolutions and names nothing but its concatenations.
constexpr std::ptrdiff_t inceptionV3Convolutions = 94;

} // namespace

std::optional<std::string> identifyNetwork(std::span<const std::string> layerNames)
{
    for (const Signature &signature : signatures)
        if (std::ranges::find(layerNames, signature.layer) != layerNames.end())
            return std::string(signature.network) + ", by its layer " + signature.layer;
    const auto convolutions = std::ranges::count_if(
        layerNames, [](const std::string &name) { return name == "conv2d" || name.starts_with("conv2d_"); });
    if (convolutions == inceptionV3Convolutions)
        return "Inception-v3, by its " + std::to_string(convolutions) + " numbered convolutions";
    return std::nullopt;
}

} // namespace reslens
