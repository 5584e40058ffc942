// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/picture/picture_source.h"

namespace reslens {

/// Whether two pictures are the same, wherever they lie: equally large, and byte for byte the same in their
/// first megabyte. Files that are not equally large are not read; one that cannot be read is like no other.
bool haveSameContent(const PictureSource &a, const PictureSource &b);

} // namespace reslens
