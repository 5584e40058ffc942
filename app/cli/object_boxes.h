// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/evaluation/localization.h"
#include "engine/imaging/preprocess.h"

#include <QHash>
#include <QString>

#include <vector>

namespace reslens::cli {

/// Where the objects of pictures are, by the pictures' file names without folders, in pixels of the upright
/// pictures.
using ObjectBoxes = QHash<QString, std::vector<ObjectBox>>;

/// Reads a .csv file with the columns file, left, top, right, bottom (a first line that says so may be left
/// out; a picture may have several lines), or a .json file {"file": [[left, top, right, bottom], …], …}.
/// Throws UsageError for another suffix, Error: FileMissing, FileUnreadable, Damaged with the line, or for a
/// file without a box.
ObjectBoxes readObjectBoxes(const QString &file);

/// The boxes of a picture of width × height as they lie on the network's input.
std::vector<ObjectBox> boxesOnInput(const std::vector<ObjectBox> &boxes, int width, int height, int inputSize,
                                    ResizeMode mode);

} // namespace reslens::cli
