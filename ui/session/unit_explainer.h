// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/job.h"
#include "ui/worker/unit_story.h"

#include <QObject>

namespace reslens {

class Requests;

/// Asks the worker how one value came to be, and holds the answer.
class UnitExplainer : public QObject
{
    Q_OBJECT

public:
    explicit UnitExplainer(Requests &requests, QObject *parent = nullptr);

    /// Of the network, for the picture; null as long as there is none. What has been asked before another is
    /// given up.
    void setAnswer(const AnswerPtr &answer);
    /// What is shown stays until the answer is there.
    void ask(const UnitQuestion &question);
    /// Forgets what was asked and answered.
    void clear();

    /// Null as long as there is no answer.
    UnitStoryPtr story() const { return m_story; }
    /// Why there is none, in one sentence; empty while one is on its way.
    const QString &obstacle() const { return m_obstacle; }

signals:
    void changed();

private:
    void finish(const UnitStoryPtr &story, const QString &obstacle);

    Requests &m_requests;
    Job m_job;
    AnswerPtr m_answer;
    UnitStoryPtr m_story;
    QString m_obstacle;
};

} // namespace reslens
