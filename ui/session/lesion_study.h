// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/saliency/lesion_set.h"
#include "ui/session/explainer.h"

#include <QObject>
#include <optional>
#include <vector>

namespace reslens {

/// What becomes of the answer when residual blocks are turned off, down or up: keeps the factors, asks the
/// worker for what the network then sees, reads the classes after each of the last blocks, and measures what
/// the logit loses without each block. Follows the explainer's answer and subject.
class LesionStudy : public QObject
{
    Q_OBJECT

public:
    /// One row of the table.
    struct Block
    {
        QString name;
        std::optional<double> drop; ///< of the explained logit when the block is off; measured on demand
        std::optional<double> attribution; ///< what the direct path says that it adds

        bool operator==(const Block &) const = default;
    };

    LesionStudy(Requests &requests, Explainer &explainer, QObject *parent = nullptr);

    /// Only what is looked at is computed: the lens, and lesions that outlast a change of the picture.
    void setShown(bool isShown);

    /// A block or a stage, see LesionSet; the outcome follows. While one is on its way, only the newest
    /// factors wait, so that a slider that moves all the time still sees answers.
    void scale(const QString &name, float factor);
    void scaleBranch(const QString &name, int branch, float factor);
    /// All blocks as they were.
    void reset();
    /// Switches off one block after the other. What is asked for meanwhile goes first.
    void measure();
    /// The same, unless it has been asked for since the answer came: what was stopped stays stopped.
    void measureOnce();
    /// Stops the measuring, which keeps what it has.
    void cancel();

    const LesionSet &lesions() const { return m_lesions; }
    /// What the network sees without lesions; null as long as there is none.
    AnswerPtr intact() const { return m_answer; }
    /// What it sees with them: the same object as intact() if there are none.
    AnswerPtr outcome() const { return m_outcome; }
    /// The outcome is of other factors than lesions().
    bool isBehind() const { return m_run.isRunning(); }
    /// Null as long as it has not been read.
    LensPtr lens() const { return m_lens; }
    /// Every residual block.
    const std::vector<Block> &blocks() const { return m_blocks; }
    bool isMeasuring() const { return m_measures; }
    int measuredCount() const;
    /// Of drops and attributions by rank, Spearman's; nothing before all are there.
    std::optional<double> agreement() const;

    const Subject &subject() const { return m_explainer.subject(); }
    /// The explained logit, or difference of logits, of one of the answers.
    double logitOf(const Answer &answer) const;

signals:
    void changed();
    /// The lens, or what it is asked about.
    void lensChanged();
    void measuringChanged();
    void progressed(int done, int count);
    void problem(const QString &sentence);

private:
    void onExplainer();
    void onAnswer(const AnswerPtr &answer);
    void onLesioned(quint64 id, const AnswerPtr &answer);
    void onAttributed(const ExplanationPtr &explanation);
    void onFailed(quint64 id, const QString &sentence);
    void run();
    void readLens();
    void measureNext();
    void setMeasures(bool measures);
    void forgetMeasures();
    void fillDrops();

    Requests &m_requests;
    Explainer &m_explainer;
    bool m_isShown = false;
    AnswerPtr m_answer;
    Subject m_subject; ///< of the table
    LesionSet m_lesions;
    AnswerPtr m_outcome;
    LensPtr m_lens;
    std::vector<Block> m_blocks;
    std::vector<AnswerPtr> m_without; ///< the answers without each block, as far as they are measured
    bool m_measures = false;
    bool m_wasAsked = false; ///< to measure, since the answer came
    bool m_waits = false;    ///< other factors than those on their way are wanted
    Job m_run;
    Job m_reading;
    Job m_attribution;
    Job m_measurement;
};

} // namespace reslens
