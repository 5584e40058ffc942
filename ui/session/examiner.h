// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/explainer.h"
#include "ui/worker/examination.h"

namespace reslens {

/// Has the map that an explainer shows checked, when asked to, and keeps what was found for each map of the
/// current answer.
class Examiner : public QObject
{
    Q_OBJECT

public:
    Examiner(Requests &requests, Explainer &explainer, QObject *parent = nullptr);

    /// Checks the map that is shown; if there is none, the default one as soon as it is there.
    void start();
    /// Stops what is running and keeps what was found.
    void cancel();

    bool isRunning() const { return m_job.isRunning(); }
    /// Of the map that is shown; null as long as nothing is known of it.
    ExaminationPtr examination() const;

signals:
    void changed();
    void progressed(int done, int count);
    void problem(const QString &sentence);

private:
    void onExplained();
    void onExamined(const ExaminationPtr &examination);

    Requests &m_requests;
    Explainer &m_explainer;
    Job m_job;
    bool m_isWanted = false; ///< of the next map
    AnswerPtr m_answer;
    ExplanationPtr m_explanation; ///< that is being checked
    std::vector<ExaminationPtr> m_found;
};

} // namespace reslens
