// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/channel_scores.h"
#include "ui/worker/job.h"

#include <QObject>
#include <map>
#include <optional>

namespace reslens {

class Requests;

/// How much the channels of the open block speak for a class: asks the worker once for each block and class
/// of an answer, and keeps what came back.
class ChannelRanking : public QObject
{
    Q_OBJECT

public:
    explicit ChannelRanking(Requests &requests, QObject *parent = nullptr);

    /// A new answer: what is known of the one before is forgotten.
    void setAnswer(const AnswerPtr &answer);
    /// Scores are wanted of a block's maps, which are of the answer's picture; null maps: of none.
    void ask(const BlockMapsPtr &maps, int classIndex);
    void cancel();

    bool isRunning() const { return m_job.isRunning(); }
    /// What was asked for; null as long as it is not there.
    ChannelScoresPtr scores() const { return m_scores; }

signals:
    void changed();
    void progressed(int done, int count);
    void problem(const QString &sentence);

private:
    using Key = std::pair<int, int>; ///< block and class

    Requests &m_requests;
    Job m_job;
    AnswerPtr m_answer;
    std::optional<Key> m_asked;
    ChannelScoresPtr m_scores;
    std::map<Key, ChannelScoresPtr> m_known;
};

} // namespace reslens
