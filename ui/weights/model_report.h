// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cost.h"
#include "engine/weights/weight_file.h"

#include <QString>

#include <string>
#include <vector>

namespace reslens {

/// How wide a convolution or a dense layer is.
struct LayerWidth
{
    std::string tensor; ///< what it puts out: "branch_1_conv_1"
    int filters = 0;
};

/// The layers of a block that have weights, in execution order.
std::vector<LayerWidth> layerWidths(const Description &description, const Block &block);

/// What a model file is: everything that can be told without running the network.
struct ModelReport
{
    struct BlockEntry
    {
        std::string name;
        Shape output;
        Cost cost;
        std::vector<LayerWidth> widths;
    };

    ModelInfo info; ///< with ImageNet's names for a thousand unnamed classes
    Origin origin;
    qint64 fileSize = 0; ///< in bytes
    std::vector<BlockEntry> blocks;
    std::int64_t flops = 0; ///< of one picture
};

/// Describes an open file, see openWeightFile(); `classNames` is a file that names its classes, or empty.
/// Throws Error as readClassNames() does.
ModelReport reportOn(const WeightFile &file, const QString &classNames = {});

} // namespace reslens
