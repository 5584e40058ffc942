// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/picture_batch.h"

#include "app/cli/console.h"
#include "engine/kernels/sgemm.h"
#include "engine/parallel/thread_pool.h"
#include "engine/prediction.h"

#include <QFileInfo>

#include <algorithm>
#include <system_error>
#include <thread>

namespace reslens::cli {

PictureBatch::PictureBatch(std::shared_ptr<const Network> network, std::vector<PictureSource> sources,
                           Options options, EvaluationRequest request)
    : m_network(std::move(network)), m_sources(std::move(sources)), m_options(std::move(options)),
      m_request(std::move(request)), m_results(m_sources.size())
{
}

void PictureBatch::run(int threads)
{
    ProgressLine progress;
    m_progress = &progress;
    const std::size_t wanted =
        std::min(std::size_t(threads > 0 ? threads : ThreadPool::availableCores()), m_sources.size());
    requireRoomForSgemm(int(wanted));
    std::vector<std::jthread> helpers;
    try {
        for (std::size_t i = 1; i < wanted; ++i)
            helpers.emplace_back([this] { work(); });
    } catch (const std::system_error &) {
        // The system gives no more: those that there are do the work.
    }
    work();
    helpers.clear();
    if (m_disaster)
        std::rethrow_exception(m_disaster);
}

void PictureBatch::work()
{
    try {
        Runner runner(m_network, 1);
        for (std::size_t index = m_next++; index < m_sources.size(); index = m_next++)
            evaluate(index, runner);
    } catch (...) {
        const std::lock_guard lock(m_reporting);
        m_disaster = std::current_exception();
        m_next = m_sources.size();
    }
}

void PictureBatch::evaluate(std::size_t index, Runner &runner)
{
    if (m_request.stop.stop_requested())
        return;
    const PictureSource &source = m_sources[index];
    try {
        if (source.failure)
            throw Error(*source.failure);
        const Picture picture = readPicture(source.file, m_options.read);
        const int size = m_network->inputSize();
        const Tensor input = normalize(resizeForNetwork(*picture.pixels, size, m_options.preprocessing));
        const int classIndex = m_options.classIndex
                                   ? *m_options.classIndex
                                   : topK(runner.run(input, {.stop = m_request.stop}), 1).front().classIndex;
        const std::vector<ObjectBox> boxes =
            boxesOnInput(m_options.boxes.value(QFileInfo(source.file).fileName()), picture.width(),
                         picture.height(), size, m_options.preprocessing.mode);
        m_results[index] =
            PictureResult{source.file, classIndex,
                          evaluatePicture(runner, input, classIndex, boxes, unsigned(index) + 1, m_request)};
        const std::lock_guard lock(m_reporting);
        m_progress->show(++m_done, int(m_sources.size()), source.file);
    } catch (const Error &error) {
        if (error.kind() == ErrorKind::Cancelled)
            return;
        const std::lock_guard lock(m_reporting);
        m_progress->clear();
        warn(error.what());
        ++m_failures;
    }
}

std::vector<PictureResult> PictureBatch::results() const
{
    std::vector<PictureResult> results;
    for (const std::optional<PictureResult> &result : m_results) {
        if (result)
            results.push_back(*result);
    }
    return results;
}

} // namespace reslens::cli
