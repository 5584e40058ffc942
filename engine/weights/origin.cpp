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

std::string describeWriter(const Origin &origin)
{
    const std::string keras = origin.kerasVersion.empty() ? "" : "Keras " + origin.kerasVersion;
    std::string text;
    for (const std::string &part : {origin.program, keras, origin.backend, origin.saved})
        if (!part.empty())
            text += (text.empty() ? "" : ", ") + part;
    return text.empty() ? "the file does not say" : text;
}

} // namespace reslens
