// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/picture/decoded_picture.h"

namespace reslens {

/// The picture in sRGB, by LittleCMS and the profile's perceptual intent (ICC.1:2010), or without a profile
/// by the gamma and the primaries that a PNG states. A profile that is broken, or is for other colours than
/// the file stores (one for grey in an RGB picture), is left aside as if it were not there. Keeps
/// transparency.
QImage inSrgb(DecodedPicture picture);

/// The picture's RGB as it is stored: of CMYK by the arithmetic of Keras' load_img, which knows no profiles.
QImage asStored(DecodedPicture picture);

} // namespace reslens
