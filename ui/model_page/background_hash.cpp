// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_page/background_hash.h"

#include <QtConcurrentRun>
#include <exception>

namespace reslens {

BackgroundHash::BackgroundHash(QObject *parent) : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        if (!m_running)
            return;
        m_running = false;
        emit done(m_watcher.result());
    });
}

BackgroundHash::~BackgroundHash()
{
    cancel();
    m_watcher.waitForFinished();
}

void BackgroundHash::start(const Work &work)
{
    cancel();
    m_stop = std::stop_source();
    m_running = true;
    m_watcher.setFuture(QtConcurrent::run([work, stop = m_stop.get_token()] {
        try {
            return work(stop);
        } catch (const std::exception &) {
            return QString();
        }
    }));
}

void BackgroundHash::cancel()
{
    m_running = false;
    m_stop.request_stop();
}

} // namespace reslens
