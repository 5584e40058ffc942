// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explain/unit_explainer.h"

#include "ui/worker/worker.h"

namespace reslens {

UnitExplainer::UnitExplainer(Worker *worker, quint64 &lastId, QObject *parent)
    : QObject(parent), m_worker(worker), m_lastId(lastId)
{
    connect(worker, &Worker::unitExplained, this, [this](quint64 id, const UnitStoryPtr &story) {
        if (m_job.isCurrent(id))
            finish(story, {});
    });
    connect(worker, &Worker::failed, this, [this](quint64 id, const QString &sentence) {
        if (m_job.isCurrent(id))
            finish(nullptr, sentence);
    });
}

void UnitExplainer::ask(const UnitQuestion &question)
{
    const std::stop_token stop = m_job.start(++m_lastId);
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, id = m_lastId, question, stop] {
        worker->explainUnit(id, question, stop);
    });
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
