// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"
#include "engine/imaging/preprocess.h"
#include "ui/picture/picture.h"

#include <QStringList>

#include <future>
#include <optional>
#include <vector>

namespace reslens::cli {

/// A picture file, or a folder that gives none and the reason.
struct PictureSource
{
    QString file;
    std::optional<Error> failure = std::nullopt;
};

/// Files as they are, folders replaced by the pictures in them, see picturesIn().
std::vector<PictureSource> expand(const QStringList &paths);

/// A picture as each network takes it, and its own size.
struct Prepared
{
    int width = 0;
    int height = 0;
    std::vector<Tensor> inputs;
};

/// Reads and prepares pictures one ahead of the one that is asked for, so that decoding overlaps with loading
/// the model and with the network's runs. One decoded picture at most is in memory, whatever their number.
class ReadAhead
{
public:
    /// `sources` must outlive this.
    ReadAhead(const std::vector<PictureSource> &sources, const ReadOptions &readOptions,
              const Preprocessing &preprocessing);

    /// To be called once, before next(), with the size that each network takes. Until then the first picture
    /// is decoded but not resized.
    void setInputSizes(const std::vector<int> &sizes) { m_inputSizesPromise.set_value(sizes); }

    /// The next picture, in the sources' order. Throws Error: the source's failure, or as readPicture() does.
    Prepared next();

private:
    void start();
    Prepared prepare(const PictureSource &source) const;

    const std::vector<PictureSource> &m_sources;
    ReadOptions m_readOptions;
    Preprocessing m_preprocessing;
    std::size_t m_started = 0;
    std::shared_future<std::vector<int>> m_inputSizes;
    std::future<Prepared> m_pending;
    // Last, so that it is destroyed first: its end releases the thread that m_pending's end waits for.
    std::promise<std::vector<int>> m_inputSizesPromise;
};

} // namespace reslens::cli
