// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <stop_token>

namespace reslens {

/// The newest request of a kind. Starting another cancels it, and what it still delivers is no longer
/// current.
class Job
{
public:
    /// Cancels the running request and takes the id of the next.
    std::stop_token start(quint64 id)
    {
        m_stop.request_stop();
        m_stop = std::stop_source();
        m_id = id;
        return m_stop.get_token();
    }
    void cancel()
    {
        m_stop.request_stop();
        m_id = 0;
    }
    void finish() { m_id = 0; }

    bool isRunning() const { return m_id != 0; }
    bool isCurrent(quint64 id) const { return m_id == id; }

private:
    std::stop_source m_stop;
    quint64 m_id = 0;
};

} // namespace reslens
