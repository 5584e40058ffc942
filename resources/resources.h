// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model_info.h"

#include <QString>
#include <QStringList>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace reslens {

/// The bytes of the embedded model, an HDF5 weight file (see resources/models/README.md): part of the
/// executable's read-only data, so reading them copies nothing and they live as long as the program.
std::span<const std::byte> embeddedModel();

/// File name of the embedded model, for messages and ModelInfo::name.
std::string embeddedModelName();

/// The 1000 classes of ILSVRC-2012 in the order in which ImageNet networks number them, for model files that
/// name no classes of their own.
std::vector<ClassLabel> imagenetLabels();

/// Resource paths (":/samples/espresso.jpg") of the sample photos, sorted; the file name says what is on it.
QStringList samplePictures();

} // namespace reslens
