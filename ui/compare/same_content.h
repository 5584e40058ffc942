// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/picture/picture_source.h"

namespace reslens {

/// Whether two pictures are the same, byte for byte, wherever they lie. Reads files only if they are equally
/// large; one that cannot be read is like no other.
bool haveSameContent(const PictureSource &a, const PictureSource &b);

} // namespace reslens
