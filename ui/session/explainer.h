// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/explanation.h"
#include "ui/worker/job.h"
#include "ui/worker/results.h"

#include <QObject>
#include <optional>

namespace reslens {

class Requests;

/// Explains the answers of a session: keeps what is wanted, asks the worker for it after each answer, and
/// holds the map that came back.
class Explainer : public QObject
{
    Q_OBJECT

public:
    explicit Explainer(Requests &requests, QObject *parent = nullptr);

    /// A new answer, about which the same is wanted: of the class that was chosen, or else of its first; null
    /// as long as there is none.
    void setAnswer(const AnswerPtr &answer);
    /// The answers that follow are about something else: what they are explained by is their first class.
    void forgetSubject() { m_isChosen = false; }

    /// What is to be shown of this answer and those that follow; nothing for no map.
    void chooseMethod(const std::optional<SaliencyMethod> &method);
    /// The same, or the method used last, for another class.
    void explain(int classIndex);
    /// What is explained, whether or not there is a map: of a class and itself there is no difference.
    void chooseSubject(const Subject &subject);
    /// One block's map, or that of one branch of it; the same again: all blocks together.
    void chooseBlock(const QString &block, std::optional<int> branch = {});
    /// From one block's map back to all together.
    void chooseAllBlocks();
    /// Another residual block's map, as long as one block's is wanted; the same branch, where it has that
    /// one.
    void followBlock(const QString &block);
    /// Between no map and the method used last.
    void toggle();
    /// Stops what is running and goes back to what is shown.
    void cancel();
    /// Stops what is running, which stays wanted: of the answer that follows, or of this one after resume().
    void pause();
    void resume();

    bool isRunning() const { return m_job.isRunning(); }
    /// Whether one block's map is wanted.
    bool isOfBlock() const { return m_question && !m_question->block.isEmpty(); }
    const std::optional<Question> &question() const { return m_question; }
    /// What toggle() brings back.
    SaliencyMethod lastMethod() const { return m_lastMethod; }
    /// Of the answer; its first class unless another was chosen.
    const Subject &subject() const { return m_subject; }
    /// Null as long as there is no map to show.
    ExplanationPtr explanation() const { return m_explanation; }
    AnswerPtr answer() const { return m_answer; }
    /// Why a method cannot explain this answer: in words; empty if it can.
    QString obstacle(SaliencyMethod method) const;

signals:
    void changed();
    /// Its map is wanted.
    void blockChosen(const QString &block);
    void progressed(int done, int count);
    void problem(const QString &sentence);

private:
    void ask(const std::optional<Question> &question);
    void start();
    void onExplained(const ExplanationPtr &explanation);

    Requests &m_requests;
    Job m_job;
    AnswerPtr m_answer;
    Subject m_subject;
    bool m_isChosen = false; ///< m_subject, by the user
    bool m_isPaused = false;
    std::optional<Question> m_question;
    SaliencyMethod m_lastMethod = defaultSaliencyMethod;
    ExplanationPtr m_explanation;
};

} // namespace reslens
