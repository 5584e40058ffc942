// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/unit_explainer.h"

#include "ui/worker/requests.h"

namespace reslens {

UnitExplainer::UnitExplainer(Requests &requests, QObject *parent) : QObject(parent), m_requests(requests)
{
    connect(requests.worker(), &Worker::unitExplained, this, [this](quint64 id, const UnitStoryPtr &story) {
        if (m_job.isCurrent(id))
            finish(story, {});
    });
    connect(requests.worker(), &Worker::failed, this, [this](quint64 id, const QString &sentence) {
        if (m_job.isCurrent(id))
            finish(nullptr, sentence);
    });
}

void UnitExplainer::setAnswer(const AnswerPtr &answer)
{
    if (answer == m_answer)
        return;
    m_answer = answer;
    m_job.cancel();
}

void UnitExplainer::ask(const UnitQuestion &question)
{
    m_requests.start(m_job, &Worker::explainUnit, question);
}

void UnitExplainer::clear()
{
    m_job.cancel();
    finish(nullptr, {});
}

void UnitExplainer::finish(const UnitStoryPtr &story, const QString &obstacle)
{
    m_job.finish();
    m_story = story;
    m_obstacle = obstacle;
    emit changed();
}

} // namespace reslens
