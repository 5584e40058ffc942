// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/imaging/preprocess.h"

#include <QString>

namespace reslens {

/// How a picture is made ready for the network.
struct Preparation
{
    Preprocessing resize;
    bool honourOrientation = true; ///< off: as Keras' load_img, which ignores the orientation tag

    bool operator==(const Preparation &) const = default;
};

/// "stretched, bilinear", "Keras exact (stretched, nearest)"; "as stored" where the orientation tag is
/// ignored.
QString describePreparation(const Preparation &preparation);

/// Nearest, stretched, orientation tag ignored: the numbers of a plain Keras script.
inline constexpr Preparation KerasExact{{ResizeMode::Squash, ResizeFilter::Nearest}, false};

} // namespace reslens
