// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/export/tensor_files.h"
#include "ui/worker/colouring.h"

namespace reslens {

/// Channels of a tensor on their way out of the program.
struct MapExport
{
    BlockMapsPtr maps;
    int position = 0;          ///< of the tensor in BlockMaps::maps
    std::vector<int> channels; ///< in the order wanted
    QString file;              ///< its suffix decides: .png, .npy or .h5
    Colouring colouring;       ///< of pictures
    int cell = 1;              ///< side of a value in pictures, in pixels

    const BlockMaps::Map &map() const { return maps->maps[std::size_t(position)]; }
};

/// The channels row by row in a grid that is about as wide as high, a gap of mid-grey between them; each
/// value a square of whole pixels. A single channel is the picture alone. Throws Error(InvalidArgument) for a
/// picture of more than 16,384 pixels a side.
QImage paintChannels(const MapExport &wanted);

/// Writes that picture as PNG, with texts in it that name what it is and came from, and returns it. Throws as
/// paintChannels() does and Error(FileUnwritable), naming the file.
QImage writePicture(const MapExport &wanted);

/// Writes the file, and beside it, with ".json" after its name, what it is and came from. Pictures have the
/// colours of the screen, values are height × width × channels. Throws Error(FileUnwritable), naming the
/// file, and Error(InvalidArgument) for another suffix.
void writeChannels(const MapExport &wanted);

} // namespace reslens
