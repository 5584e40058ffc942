// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/block_outputs.h"
#include "ui/export/provenance.h"

#include <functional>
#include <span>
#include <stop_token>

namespace reslens {

/// What a tensor's files in a folder are called, without suffix: "block17_3_residual".
QString fileNameOf(const std::string &address);

/// Files that tensors are written to.
struct TensorTarget
{
    enum class Kind
    {
        Npy,   ///< one tensor, float32
        Png,   ///< one tensor: all channels on one colour scale, see montage()
        Hdf5,  ///< a dataset a tensor, named by its address
        Folder ///< files a tensor, named by its address with "_" for "/"
    };

    Kind kind = Kind::Hdf5;
    QString path;
    bool npy = true;  ///< in a folder: the values
    bool png = false; ///< in a folder: the pictures
};

/// Takes a tensor with its address "BLOCK/TENSOR" and its extents, see exportExtents().
using TensorSink = std::function<void(const std::string &address, const TensorView &tensor,
                                      std::span<const std::size_t> extents)>;

/// Computes the tensors of these addresses again from what a run left behind, see tensorsOf(), and hands them
/// to the sink block by block, so that no more than one block's are in memory. `progress` tells how many are
/// through. Throws Error(Cancelled), and as byBlock(), Runner and the sink do.
void computeTensors(Runner &runner, const Tensor &picture, const BlockOutputs &outputs,
                    const std::vector<std::string> &addresses, const TensorSink &sink,
                    const std::stop_token &stop, const std::function<void(int done, int count)> &progress);

/// Writes the tensors that `produce` hands to the sink, one after the other: none is kept, so that memory
/// does not grow with their number. What they are and where they come from lies beside as JSON, in
/// "FILE.json" or, in a folder, once for each tensor. A file appears whole or not at all, a folder's files
/// all together; what was there is replaced. Throws Error(FileUnwritable), naming the target, and whatever
/// `produce` throws. For .npy and .png, `produce` must hand over exactly one tensor. The token stops the
/// writing of pictures, which takes longest; throws Error(Cancelled) then.
void writeTensors(const TensorTarget &target, const Provenance &provenance,
                  const std::function<void(const TensorSink &)> &produce, const std::stop_token &stop = {});

/// Writes a text file that appears whole or not at all. Throws Error(FileUnwritable), naming it.
void writeText(const QString &file, const QByteArray &text);

} // namespace reslens
