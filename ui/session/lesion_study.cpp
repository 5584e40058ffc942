// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/lesion_study.h"

#include "engine/evaluation/rank_correlation.h"
#include "ui/worker/requests.h"

#include <algorithm>

namespace reslens {

LesionStudy::LesionStudy(Requests &requests, Explainer &explainer, QObject *parent)
    : QObject(parent), m_requests(requests), m_explainer(explainer)
{
    connect(requests.worker(), &Worker::lesioned, this, &LesionStudy::onLesioned);
    connect(requests.worker(), &Worker::lensRead, this, [this](quint64 id, const LensPtr &lens) {
        if (!m_reading.isCurrent(id))
            return;
        m_reading.finish();
        m_lens = lens;
        emit lensChanged();
    });
    connect(requests.worker(), &Worker::explained, this,
            [this](quint64 id, const ExplanationPtr &explanation) {
                if (m_attribution.isCurrent(id))
                    onAttributed(explanation);
            });
    connect(requests.worker(), &Worker::failed, this, &LesionStudy::onFailed);
    connect(&explainer, &Explainer::changed, this, &LesionStudy::onExplainer);
}

void LesionStudy::setShown(bool isShown)
{
    m_isShown = isShown;
    readLens();
    if (m_isShown && m_answer && m_outcome == m_answer && !m_lesions.isIntact())
        run();
}

void LesionStudy::onExplainer()
{
    if (m_explainer.answer() != m_answer)
        onAnswer(m_explainer.answer());
    if (m_explainer.subject() == m_subject)
        return;
    m_subject = m_explainer.subject();
    for (Block &block : m_blocks)
        block.attribution.reset();
    m_attribution.cancel();
    fillDrops();
    // What was stopped stays stopped.
    if (m_measures || measuredCount() == int(m_blocks.size()))
        measure();
    emit lensChanged();
    emit changed();
}

void LesionStudy::onAnswer(const AnswerPtr &answer)
{
    m_run.cancel();
    m_reading.cancel();
    m_waits = false;
    m_lens = nullptr;
    m_answer = answer && answer->model->hasTop() ? answer : nullptr;
    // Lesions outlast the picture, and other models with the same blocks.
    if (m_answer) {
        LesionSet fresh(m_answer->model->description);
        if (!std::ranges::equal(fresh.blocks(), m_lesions.blocks(), {}, &Lesion::block, &Lesion::block))
            m_lesions = std::move(fresh);
    }
    m_outcome = m_answer;
    forgetMeasures();
    setShown(m_isShown);
    emit lensChanged();
    emit changed();
}

void LesionStudy::scale(const QString &name, float factor)
{
    m_lesions.scale(name.toStdString(), factor);
    run();
}

void LesionStudy::scaleBranch(const QString &name, int branch, float factor)
{
    m_lesions.scaleBranch(name.toStdString(), branch, factor);
    run();
}

void LesionStudy::reset()
{
    if (m_answer)
        m_lesions = LesionSet(m_answer->model->description);
    m_run.cancel();
    run();
}

void LesionStudy::run()
{
    if (!m_answer)
        return;
    m_waits = m_run.isRunning();
    if (!m_waits && m_lesions.isIntact()) {
        m_outcome = m_answer;
    } else if (!m_waits) {
        // What is being measured makes room, and goes on afterwards.
        m_measurement.cancel();
        m_requests.start(m_run, &Worker::lesion, m_lesions.changed());
    }
    measureNext();
    emit changed();
}

void LesionStudy::readLens()
{
    if (!m_isShown || !m_answer || m_lens || m_reading.isRunning())
        return;
    m_requests.start(m_reading, &Worker::readLens);
}

void LesionStudy::measure()
{
    if (!m_answer)
        return;
    m_wasAsked = true;
    setMeasures(true);
    measureNext();
    emit changed();
}

void LesionStudy::measureOnce()
{
    if (!m_wasAsked)
        measure();
}

void LesionStudy::measureNext()
{
    if (!m_measures || m_run.isRunning() || m_measurement.isRunning() || m_attribution.isRunning())
        return;
    const bool needsAttribution =
        std::ranges::any_of(m_blocks, [](const Block &block) { return !block.attribution; });
    const auto next = std::ranges::find(m_without, nullptr);
    if (needsAttribution) {
        m_requests.start(m_attribution, &Worker::explain, Question{.subject = m_subject});
    } else if (next != m_without.end()) {
        const std::string &block = m_lesions.blocks()[std::size_t(next - m_without.begin())].block;
        m_requests.start(m_measurement, &Worker::lesion,
                         std::vector<Lesion>{{.block = block, .residual = 0}});
    } else {
        setMeasures(false);
    }
}

void LesionStudy::onLesioned(quint64 id, const AnswerPtr &answer)
{
    if (m_run.isCurrent(id)) {
        m_run.finish();
        m_outcome = answer;
        if (m_waits)
            run();
        measureNext();
    } else if (m_measurement.isCurrent(id)) {
        m_measurement.finish();
        *std::ranges::find(m_without, nullptr) = answer;
        fillDrops();
        emit progressed(measuredCount(), int(m_blocks.size()));
        measureNext();
    } else {
        return;
    }
    emit changed();
}

void LesionStudy::onAttributed(const ExplanationPtr &explanation)
{
    m_attribution.finish();
    for (std::size_t i = 0; i < m_blocks.size(); ++i)
        m_blocks[i].attribution = explanation->result.scores[i].total;
    measureNext();
    emit changed();
}

void LesionStudy::onFailed(quint64 id, const QString &sentence)
{
    if (m_attribution.isCurrent(id) || m_measurement.isCurrent(id)) {
        cancel();
    } else if (m_run.isCurrent(id)) {
        m_run.finish();
        // Other factors than those that failed may wait, or what made room for them.
        if (m_waits)
            run();
        measureNext();
        emit changed();
    } else if (m_reading.isCurrent(id)) {
        m_reading.finish();
    } else {
        return;
    }
    emit problem(sentence);
}

void LesionStudy::cancel()
{
    m_attribution.cancel();
    m_measurement.cancel();
    setMeasures(false);
    emit changed();
}

void LesionStudy::setMeasures(bool measures)
{
    if (m_measures == measures)
        return;
    m_measures = measures;
    emit measuringChanged();
}

void LesionStudy::forgetMeasures()
{
    m_attribution.cancel();
    m_measurement.cancel();
    setMeasures(false);
    m_wasAsked = false;
    m_subject = m_explainer.subject();
    m_blocks.clear();
    if (m_answer)
        for (const Lesion &lesion : m_lesions.blocks())
            m_blocks.push_back({QString::fromStdString(lesion.block), {}, {}});
    m_without.assign(m_blocks.size(), nullptr);
}

void LesionStudy::fillDrops()
{
    for (std::size_t i = 0; i < m_blocks.size(); ++i)
        if (m_without[i])
            m_blocks[i].drop = logitOf(*m_answer) - logitOf(*m_without[i]);
}

int LesionStudy::measuredCount() const
{
    return int(std::ranges::count_if(m_blocks, [](const Block &block) { return block.drop.has_value(); }));
}

std::optional<double> LesionStudy::agreement() const
{
    std::vector<double> drops;
    std::vector<double> attributions;
    for (const Block &block : m_blocks) {
        if (!block.drop || !block.attribution)
            return {};
        drops.push_back(*block.drop);
        attributions.push_back(*block.attribution);
    }
    return drops.empty() ? std::nullopt : std::optional(rankCorrelation(drops, attributions));
}

double LesionStudy::logitOf(const Answer &answer) const
{
    const auto logit = [&](int index) { return double(answer.logits[std::size_t(index)]); };
    return logit(subject().classIndex) - (subject().versus ? logit(*subject().versus) : 0);
}

} // namespace reslens
