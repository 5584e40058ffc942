// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/examiner.h"

#include "ui/worker/follow_job.h"
#include "ui/worker/requests.h"

#include <algorithm>

namespace reslens {
namespace {

/// Passes of methods that average, for maps that are only compared with each other.
constexpr int ComparisonSteps = 16;

} // namespace

Examiner::Examiner(Requests &requests, Explainer &explainer, QObject *parent)
    : QObject(parent), m_requests(requests), m_explainer(explainer)
{
    connect(&explainer, &Explainer::changed, this, &Examiner::onExplained);
    connect(requests.worker(), &Worker::examined, this,
            [this](quint64 id, const ExaminationPtr &examination) {
                if (m_job.isCurrent(id))
                    onExamined(examination);
            });
    followJob(requests.worker(), &Worker::examineProgress, m_job, this);
}

ExaminationPtr Examiner::examination() const
{
    const ExplanationPtr shown = m_explainer.explanation();
    const auto found = std::ranges::find_if(m_found, [&](const ExaminationPtr &examination) {
        return shown && examination->explanation->question == shown->question;
    });
    return found == m_found.end() ? nullptr : *found;
}

void Examiner::start()
{
    const ExplanationPtr explanation = m_explainer.explanation();
    m_isWanted = !explanation || m_explainer.isRunning();
    if (m_isWanted) {
        if (!m_explainer.question())
            m_explainer.chooseMethod(defaultSaliencyMethod);
        return;
    }
    m_explanation = explanation;
    SaliencyRequest request = requestOf(explanation->question);
    request.steps = ComparisonSteps;
    m_requests.start(m_job, &Worker::examine, explanation, request);
    emit changed();
}

void Examiner::cancel()
{
    m_isWanted = false;
    if (!m_job.isRunning())
        return;
    m_job.cancel();
    emit changed();
}

void Examiner::onExplained()
{
    if (m_explainer.answer() != m_answer) {
        m_answer = m_explainer.answer();
        m_found.clear();
    }
    if (m_job.isRunning() && m_explainer.explanation() != m_explanation)
        m_job.cancel();
    if (m_isWanted && !m_explainer.question())
        m_isWanted = false;
    if (m_isWanted && m_explainer.explanation() && !m_explainer.isRunning())
        start();
    else
        emit changed();
}

void Examiner::onExamined(const ExaminationPtr &examination)
{
    std::erase_if(m_found, [&](const ExaminationPtr &old) {
        return old->explanation->question == examination->explanation->question;
    });
    m_found.push_back(examination);
    if (examination->complete)
        m_job.finish();
    emit changed();
}

} // namespace reslens
