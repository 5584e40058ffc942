// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/job.h"
#include "ui/worker/worker.h"

#include <utility>

namespace reslens {

/// Hands requests to the worker on its thread and numbers them; all who ask the same worker share one.
class Requests
{
public:
    explicit Requests(Worker *worker) : m_worker(worker) {}

    Worker *worker() const { return m_worker; }

    /// Has the worker carry out (worker->*work)(id, arguments…, stop) as the job's newest request.
    template <typename... Parameters, typename... Arguments>
    void start(Job &job, void (Worker::*work)(quint64, Parameters...), Arguments... arguments)
    {
        const quint64 id = ++m_lastId;
        post(work, id, std::move(arguments)..., job.start(id));
    }

    /// Has it carry out (worker->*work)(id, arguments…), whatever becomes of other requests; gives the id.
    template <typename... Parameters, typename... Arguments>
    quint64 start(void (Worker::*work)(quint64, Parameters...), Arguments... arguments)
    {
        const quint64 id = ++m_lastId;
        post(work, id, std::move(arguments)...);
        return id;
    }

private:
    template <typename Work, typename... Arguments>
    void post(Work work, quint64 id, Arguments... arguments)
    {
        QMetaObject::invokeMethod(m_worker,
                                  [worker = m_worker, work, id, ... arguments = std::move(arguments)] {
                                      (worker->*work)(id, arguments...);
                                  });
    }

    Worker *m_worker;
    quint64 m_lastId = 0;
};

} // namespace reslens
