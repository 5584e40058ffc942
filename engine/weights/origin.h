// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace reslens {

/// The kinds of files that Keras saves a network in.
enum class ModelFormat
{
    LegacyWeights, ///< `save_weights("….h5")` of Keras 2
    Weights,       ///< `save_weights("….weights.h5")` of Keras 3
    WholeModel,    ///< `save("….h5")`: weights and configuration
    Archive        ///< `save("….keras")`
};

/// Who wrote a model file, as far as it says; texts are empty where it does not.
struct Origin
{
    ModelFormat format = ModelFormat::LegacyWeights;
    std::string program;      ///< another than Keras: "Reslens"; the attribute `reslens_program`
    std::string kerasVersion; ///< "2.15.0"
    std::string backend;      ///< "tensorflow"
    std::string saved;        ///< "2025-11-24@07:42:58"
};

/// "weights in the layout of Keras 2 (.h5)"
std::string toString(ModelFormat format);

/// "Keras 2.15.0, tensorflow, 2025-11-24@07:42:58", as far as the file says.
std::string describeWriter(const Origin &origin);

} // namespace reslens
