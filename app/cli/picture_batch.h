// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/map_evaluation.h"
#include "app/cli/object_boxes.h"
#include "app/cli/read_ahead.h"

#include <atomic>
#include <exception>
#include <mutex>

namespace reslens::cli {

class ProgressLine;

/// What one picture of a batch brought.
struct PictureResult
{
    QString file;
    int classIndex = 0;
    std::vector<Figures> figures; ///< by contestant
};

/// Evaluates pictures side by side, each on one thread of its own: that brings more pictures in an hour than
/// several threads on one. Results depend on the sources' order only, not on the number of threads.
class PictureBatch
{
public:
    struct Options
    {
        ReadOptions read;
        Preprocessing preprocessing;
        ObjectBoxes boxes;
        std::optional<int> classIndex; ///< nothing for each picture's most probable class
    };

    PictureBatch(std::shared_ptr<const Network> network, std::vector<PictureSource> sources, Options options,
                 EvaluationRequest request);

    /// Returns when all are done or the request's stop token has been asked to stop. Reports what cannot be
    /// read as it goes.
    void run(int threads);

    /// Of the pictures that were evaluated, in the order of the sources.
    std::vector<PictureResult> results() const;
    int failures() const { return m_failures; }

private:
    void work();
    void evaluate(std::size_t index, Runner &runner);

    std::shared_ptr<const Network> m_network;
    std::vector<PictureSource> m_sources;
    Options m_options;
    EvaluationRequest m_request;
    std::vector<std::optional<PictureResult>> m_results;
    std::atomic<std::size_t> m_next{0};
    std::mutex m_reporting; ///< guards what follows and standard error
    int m_done = 0;
    int m_failures = 0;
    std::exception_ptr m_disaster; ///< such as a lack of memory
    ProgressLine *m_progress = nullptr;
};

} // namespace reslens::cli
