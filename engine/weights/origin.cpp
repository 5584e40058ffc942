// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/origin.h"

namespace reslens {

std::string toString(ModelFormat format)
{
    switch (format) {
    case ModelFormat::LegacyWeights:
        return "weights in the layout of Keras 2 (.h5)";
    case ModelFormat::Weights:
        return "weights in the layout of Keras 3 (.weights.h5)";
    case ModelFormat::WholeModel:
        return "whole model with its configuration (.h5)";
    case ModelFormat::Archive:
        return "whole model in an archive (.keras)";
    }
    return {};
}

} // namespace reslens
