// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/explainer.h"

#include "ui/worker/follow_job.h"
#include "ui/worker/requests.h"

#include <algorithm>

namespace reslens {

Explainer::Explainer(Requests &requests, QObject *parent) : QObject(parent), m_requests(requests)
{
    connect(requests.worker(), &Worker::explained, this,
            [this](quint64 id, const ExplanationPtr &explanation) {
                if (m_job.isCurrent(id))
                    onExplained(explanation);
            });
    followJob(requests.worker(), &Worker::explainProgress, m_job, this);
}

void Explainer::setAnswer(const AnswerPtr &answer)
{
    if (answer == m_answer)
        return;
    m_job.cancel();
    m_answer = answer;
    m_explanation = nullptr;
    if (!m_isChosen)
        m_subject = {answer && !answer->top.empty() ? answer->top.front().classIndex : 0};
    if (!m_question) {
        emit changed();
        return;
    }
    m_question->subject = m_subject;
    const QString block = m_question->block;
    if (answer &&
        std::ranges::none_of(answer->model->blocks, [&](const auto &entry) { return entry.name == block; })) {
        m_question->block.clear();
        m_question->branch.reset();
    }
    start();
}

QString Explainer::obstacle(SaliencyMethod method) const
{
    const bool noClasses = m_answer && m_answer->top.empty();
    return noClasses && infoOf(method).needsClass ? tr("This model has no classes to explain.") : QString();
}

void Explainer::ask(const std::optional<Question> &question)
{
    if (question == m_question)
        return;
    m_job.cancel();
    m_question = question;
    if (question)
        m_lastMethod = question->method;
    else
        m_explanation = nullptr;
    start();
}

void Explainer::chooseMethod(const std::optional<SaliencyMethod> &method)
{
    if (!method)
        return ask(std::nullopt);
    Question question = m_question.value_or(Question{.subject = m_subject});
    question.method = *method;
    if (infoOf(*method).place != SaliencyPlace::ResidualBlock)
        question.block.clear();
    if (!hasBranchMaps(*method))
        question.branch.reset();
    ask(question);
}

void Explainer::explain(int classIndex)
{
    chooseSubject({classIndex, m_subject.versus});
    if (!m_question)
        chooseMethod(m_lastMethod);
}

void Explainer::chooseSubject(const Subject &subject)
{
    Subject chosen = subject;
    if (chosen.versus == chosen.classIndex)
        chosen.versus.reset();
    m_subject = chosen;
    m_isChosen = true;
    if (m_question) {
        Question question = *m_question;
        question.subject = chosen;
        ask(question);
    } else {
        emit changed();
    }
}

void Explainer::chooseBlock(const QString &block, std::optional<int> branch)
{
    if (!m_question)
        return;
    Question question = *m_question;
    const bool again = block == question.block && branch == question.branch;
    question.block = again ? QString() : block;
    question.branch = again ? std::nullopt : branch;
    ask(question);
    if (!again)
        emit blockChosen(block);
}

void Explainer::chooseAllBlocks()
{
    if (isOfBlock())
        chooseBlock(m_question->block, m_question->branch);
}

void Explainer::followBlock(const QString &block)
{
    if (!isOfBlock() || !m_answer || block == m_question->block)
        return;
    const Description &network = m_answer->model->description;
    const Block *followed = network.findBlock(block.toStdString());
    if (!followed || !followed->residual)
        return;
    Question question = *m_question;
    question.block = block;
    if (question.branch &&
        !network.find(QStringLiteral("%1/branch_%2").arg(block).arg(*question.branch).toStdString()))
        question.branch.reset();
    ask(question);
}

void Explainer::toggle()
{
    chooseMethod(m_question ? std::nullopt : std::optional(m_lastMethod));
}

void Explainer::cancel()
{
    if (!m_job.isRunning() && !m_isPaused)
        return;
    m_job.cancel();
    m_isPaused = false;
    m_question = m_explanation ? std::optional(m_explanation->question) : std::nullopt;
    if (m_question)
        m_subject = m_question->subject;
    emit changed();
}

void Explainer::pause()
{
    m_isPaused = m_isPaused || m_job.isRunning();
    m_job.cancel();
}

void Explainer::resume()
{
    if (m_isPaused)
        start();
}

void Explainer::start()
{
    m_isPaused = false;
    if (m_question && m_answer && obstacle(m_question->method).isEmpty())
        m_requests.start(m_job, &Worker::explain, *m_question);
    emit changed();
}

void Explainer::onExplained(const ExplanationPtr &explanation)
{
    m_job.finish();
    m_explanation = explanation;
    emit changed();
}

} // namespace reslens
