// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/export/tensor_files.h"
#include "ui/worker/block_maps.h"

#include <functional>

namespace reslens {

/// Whole tensors of any blocks on their way out of the program.
struct TensorExport
{
    std::vector<std::string> addresses; ///< "block17_3/residual"
    TensorTarget target;
};

/// Where the values of a picture in a model come from, with the hashes of both, which take a while for large
/// files. A file that is gone or has changed since it was read gets none. Throws as hashOfFile() does.
Provenance provenanceOf(const PictureSource &source, const Preparation &preparation,
                        const ModelSummary &model, const std::stop_token &stop = {});

/// Computes the tensors again from what a run left behind, see computeTensors(), and writes them with their
/// description, see writeTensors(). Throws as these and provenanceOf() do. If it throws,
/// nothing has been written, unless it is the JSON beside a finished file that failed.
void exportTensors(Runner &runner, const Trace &trace, const ModelSummary &model, const TensorExport &wanted,
                   const std::stop_token &stop, const std::function<void(int done, int count)> &progress);

} // namespace reslens
