// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/comparer.h"

#include "ui/worker/requests.h"

namespace reslens {

Comparer::Comparer(Requests &requests, QObject *parent) : QObject(parent), m_requests(requests)
{
    m_release.setSingleShot(true);
    m_release.setInterval(std::chrono::seconds(20));
    connect(&m_release, &QTimer::timeout, requests.worker(), &Worker::releaseComparison);
    connect(requests.worker(), &Worker::compared, this, [this](quint64 id, const ComparisonPtr &comparison) {
        if (!m_job.isCurrent(id))
            return;
        m_job.finish();
        m_comparison = comparison;
        emit changed();
    });
    connect(requests.worker(), &Worker::compareProgress, this, [this](quint64 id, int done, int count) {
        if (m_job.isCurrent(id))
            emit progressed(done, count);
    });
    connect(requests.worker(), &Worker::failed, this, [this](quint64 id, const QString &sentence) {
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
        m_requests.start(m_job, &Worker::compare, *request);
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
