// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/comparer.h"

#include "ui/worker/worker.h"

namespace reslens {

Comparer::Comparer(Worker *worker, quint64 &lastId, QObject *parent)
    : QObject(parent), m_worker(worker), m_lastId(lastId)
{
    m_release.setSingleShot(true);
    m_release.setInterval(std::chrono::seconds(20));
    connect(&m_release, &QTimer::timeout, worker, &Worker::releaseComparison);
    connect(worker, &Worker::compared, this, [this](quint64 id, const ComparisonPtr &comparison) {
        if (!m_job.isCurrent(id))
            return;
        m_job.finish();
        m_comparison = comparison;
        emit changed();
    });
    connect(worker, &Worker::compareProgress, this, [this](quint64 id, int done, int count) {
        if (m_job.isCurrent(id))
            emit progressed(done, count);
    });
    connect(worker, &Worker::failed, this, [this](quint64 id, const QString &sentence) {
        if (!m_job.isCurrent(id))
            return;
        fail(sentence);
        emit problem(sentence);
    });
}

void Comparer::ask(const std::optional<ComparisonRequest> &request)
{
    if (request == m_asked)
        return;
    m_job.cancel();
    m_asked = request;
    m_failure.clear();
    if (!request) {
        m_comparison = nullptr;
        m_release.start();
    } else {
        m_release.stop();
        const std::stop_token stop = m_job.start(++m_lastId);
        QMetaObject::invokeMethod(m_worker, [worker = m_worker, id = m_lastId, wanted = *request, stop] {
            worker->compare(id, wanted, stop);
        });
    }
    emit changed();
}

void Comparer::cancel()
{
    if (m_job.isRunning())
        fail(tr("Stopped before the end. Press Ctrl+R to look again."));
}

void Comparer::fail(const QString &sentence)
{
    m_job.cancel();
    m_comparison = nullptr;
    m_failure = sentence;
    emit changed();
}

} // namespace reslens
