// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/explanation.h"

namespace reslens {

/// A saliency map on its way out of the program.
struct SaliencyExport
{
    ExplanationPtr explanation;
    PhotoPtr photo;
    ModelSummaryPtr model;
    double opacity = 0.5;   ///< of the map over the picture, 0 to 1
    QString file;           ///< its suffix decides: .png or .npy
    bool captioned = false; ///< a picture says below itself what it shows
};

/// "german-shepherd_direct-with-cam_German-shepherd": for a file.
QString fileNameFor(const SaliencyExport &wanted);

/// The picture at its full size, the map laid over it as on the screen; with a caption, on white below it:
/// method, class, picture and model, and the scale of the colours. No narrower then than words need.
QImage paintSaliency(const SaliencyExport &wanted);

/// Writes that picture as PNG, with texts in it that name what it is and came from, or the map's values as
/// NumPy's float32, height × width × 1; and beside it, with ".json" after its name, all that is known of it.
/// Throws Error(FileUnwritable), naming the file, and Error(InvalidArgument) for another suffix.
void writeSaliency(const SaliencyExport &wanted);

} // namespace reslens
