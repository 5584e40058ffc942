// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/channel_ranking.h"

#include "ui/worker/follow_job.h"
#include "ui/worker/requests.h"

namespace reslens {

ChannelRanking::ChannelRanking(Requests &requests, QObject *parent) : QObject(parent), m_requests(requests)
{
    connect(requests.worker(), &Worker::channelsScored, this,
            [this](quint64 id, const ChannelScoresPtr &scores) {
                if (!m_job.isCurrent(id))
                    return;
                m_job.finish();
                m_known[{scores->block, scores->classIndex}] = scores;
                m_scores = scores;
                emit changed();
            });
    followJob(requests.worker(), &Worker::scoreProgress, m_job, this);
}

void ChannelRanking::setAnswer(const AnswerPtr &answer)
{
    if (answer == m_answer)
        return;
    m_job.cancel();
    m_answer = answer;
    m_known.clear();
    m_asked.reset();
    m_scores = nullptr;
    emit changed();
}

void ChannelRanking::ask(const BlockMapsPtr &maps, int classIndex)
{
    const std::optional<Key> asked =
        maps && m_answer ? std::optional(Key(maps->index, classIndex)) : std::nullopt;
    if (asked == m_asked)
        return;
    m_job.cancel();
    m_asked = asked;
    m_scores = nullptr;
    if (asked) {
        if (const auto known = m_known.find(*asked); known != m_known.end()) {
            m_scores = known->second;
        } else {
            m_requests.start(m_job, &Worker::scoreChannels, maps, classIndex);
        }
    }
    emit changed();
}

void ChannelRanking::cancel()
{
    if (!m_job.isRunning())
        return;
    m_job.cancel();
    m_asked.reset();
    emit changed();
}

} // namespace reslens
