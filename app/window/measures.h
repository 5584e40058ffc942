// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QFile>
#include <QObject>
#include <QTimer>
#include <algorithm>
#include <unistd.h>

namespace reslens {

/// How long the calling thread has been ready to run without being given a processor, in milliseconds: what a
/// loaded machine does to it, not what it does itself. 0 where the system does not tell.
inline double processorWait()
{
    static thread_local QFile file(QStringLiteral("/proc/self/task/%1/schedstat").arg(::gettid()));
    if (!file.isOpen() && !file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return 0;
    file.seek(0);
    const QByteArrayList fields = file.readAll().split(' ');
    return fields.size() > 1 ? fields[1].toDouble() / 1e6 : 0;
}

/// What the process has in memory now, in megabytes.
inline double residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').at(1).toDouble() * double(::sysconf(_SC_PAGESIZE)) / 1e6;
}

/// Milliseconds since the last restart, without those that the thread waited for a processor.
class WorkClock
{
public:
    WorkClock() { restart(); }
    void restart()
    {
        m_clock.start();
        m_wait = processorWait();
    }
    double elapsed() const { return double(m_clock.nsecsElapsed()) / 1e6 - (processorWait() - m_wait); }

private:
    QElapsedTimer m_clock;
    double m_wait = 0;
};

/// Ticks in the event loop it lives in and keeps the longest time between two ticks beyond the interval asked
/// for. Time that the thread works, and time that it waits for another thread or a file, both count.
class LoopWatch : public QObject
{
public:
    LoopWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.callOnTimeout(this, &LoopWatch::tick);
        m_timer.start(Interval);
    }

    double longest() const { return m_longest; }
    int ticks() const { return m_ticks; }

private:
    static constexpr int Interval = 4;

    void tick()
    {
        m_longest = std::max(m_longest, m_clock.elapsed() - Interval);
        m_clock.restart();
        ++m_ticks;
    }

    QTimer m_timer;
    WorkClock m_clock;
    double m_longest = 0;
    int m_ticks = 0;
};

} // namespace reslens
