// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/comparator.h"
#include "ui/worker/job.h"

#include <QObject>
#include <QTimer>
#include <chrono>

namespace reslens {

class Requests;

/// Has two pictures or two models compared by the worker, and holds what came back.
class Comparer : public QObject
{
    Q_OBJECT

public:
    explicit Comparer(Requests &requests, QObject *parent = nullptr);

    /// What is to be compared now; the same again is left alone, and nothing stops what is running. When
    /// nothing has been asked for over some time, the worker lets go of the second model and of both runs.
    void ask(const std::optional<ComparisonRequest> &request);
    void cancel();
    /// How long they are kept for whoever comes back.
    void setKeepTime(std::chrono::milliseconds time) { m_release.setInterval(time); }

    bool isRunning() const { return m_job.isRunning(); }
    /// What was asked for, or, as long as that is on its way, the comparison before; null if nothing is asked
    /// for or it failed.
    ComparisonPtr comparison() const { return m_comparison; }
    /// Why what was asked for last could not be had; empty if it could.
    const QString &failure() const { return m_failure; }

signals:
    void changed();
    void progressed(int done, int count);
    void problem(const QString &sentence);

private:
    void fail(const QString &sentence);

    Requests &m_requests;
    Job m_job;
    QTimer m_release;
    std::optional<ComparisonRequest> m_asked;
    ComparisonPtr m_comparison;
    QString m_failure;
};

} // namespace reslens
