// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saliency/saliency_legend.h"

#include "ui/base/format.h"
#include "ui/saliency/color_bar.h"
#include "ui/saliency/subject_line.h"
#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/theme/labels.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/text_button.h"

#include <QHBoxLayout>
#include <QSlider>
#include <QToolButton>
#include <algorithm>

namespace reslens {

namespace {

/// What the one block of the map, or its branch, adds to the logit; nothing for a map of several, or by a
/// method whose scores are no parts of a sum.
std::optional<double> addedBy(const Explanation &explanation)
{
    const SaliencyResult &result = explanation.result;
    if (explanation.question.block.isEmpty() || !result.stem)
        return {};
    const auto score = std::ranges::find(result.scores, result.block, &BlockContribution::block);
    if (score == result.scores.end())
        return {};
    const std::optional<int> branch = explanation.question.branch;
    return branch ? score->branches[std::size_t(*branch)] : score->total;
}

/// ", 0.2 %, rank 23": of a class that is not among the first, whose figures stand below.
QString rankOf(int classIndex, const Answer &answer)
{
    if (answer.probabilities.empty() ||
        std::ranges::find(answer.top, classIndex, &Prediction::classIndex) != answer.top.end())
        return {};
    const float probability = answer.probabilities[std::size_t(classIndex)];
    const auto before =
        std::ranges::count_if(answer.probabilities, [&](float other) { return other > probability; });
    return SaliencyLegend::tr(", %1, rank %2").arg(formatPercent(double(probability))).arg(before + 1);
}

/// "espresso: logit 5.05 · embedded model"
QString subjectOf(const Explanation &explanation, const Answer &answer)
{
    const ModelSummary &model = *answer.model;
    const QString name =
        model.embedded ? SaliencyLegend::tr("embedded model") : QString::fromStdString(model.info.name);
    if (!explanation.method().needsClass)
        return SaliencyLegend::tr("the same for all classes · %1").arg(name);
    // The names of two classes stand in the fields below.
    const Subject &subject = explanation.question.subject;
    const QString logit = formatFixed(explanation.result.logit, 2);
    QString what = subject.versus
                       ? SaliencyLegend::tr("difference of logits %1").arg(logit)
                       : SaliencyLegend::tr("%1: logit %2").arg(nameOf(subject, model.info), logit);
    if (const std::optional<double> added = addedBy(explanation))
        what = SaliencyLegend::tr("adds %1 · %2").arg(formatFixed(*added, 2), what);
    else if (!subject.versus)
        what += rankOf(subject.classIndex, answer);
    return what + QStringLiteral(" · ") + name;
}

} // namespace

SaliencyLegend::SaliencyLegend(Explainer &explainer, QWidget *parent)
    : QWidget(parent), m_explainer(explainer), m_title(new ElidedLabel), m_subject(new ElidedLabel),
      m_all(textButton(QStringLiteral("back"), tr("All blocks"),
                       tr("Back to the map of all residual blocks together (Esc)"))),
      m_line(new SubjectLine(explainer)), m_bar(new ColorBar), m_remark(quietLabel()),
      m_opacity(new QSlider(Qt::Horizontal)), m_save(new QToolButton)
{
    m_save->setIcon(themedIcon(QStringLiteral("save")));
    m_save->setToolTip(tr("Save the map, over the picture at its full size or as numbers… (Ctrl+S)"));
    m_save->setAccessibleName(tr("Save the map"));
    m_save->setAutoRaise(true);
    m_remark->setWordWrap(true);
    m_opacity->setRange(0, 100);
    m_opacity->setValue(50);
    m_opacity->setPageStep(10);
    m_opacity->setFixedWidth(12 * Grid);
    m_opacity->setToolTip(tr("Opacity of the map. Hold Space to see the picture alone."));
    m_opacity->setAccessibleName(tr("Opacity of the map"));

    auto *below = new QHBoxLayout;
    below->setSpacing(2 * Grid);
    below->addWidget(m_bar, 1);
    below->addWidget(m_remark, 1);
    below->addWidget(m_opacity, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid / 2);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_subject);
    auto *head = new QHBoxLayout;
    head->setSpacing(Grid);
    head->addLayout(words, 1);
    head->addWidget(m_all, 0, Qt::AlignTop);
    head->addWidget(m_save, 0, Qt::AlignTop);
    layout->addLayout(head);
    layout->addWidget(m_line);
    layout->addLayout(below);

    connect(m_opacity, &QSlider::valueChanged, this, &SaliencyLegend::opacityChanged);
    connect(m_all, &QToolButton::clicked, &explainer, &Explainer::chooseAllBlocks);
    connect(m_save, &QToolButton::clicked, this, &SaliencyLegend::saveRequested);
    connect(&explainer, &Explainer::changed, this, &SaliencyLegend::refresh);
    refresh();
}

double SaliencyLegend::opacity() const
{
    return m_opacity->value() / 100.0;
}

void SaliencyLegend::refresh()
{
    const std::optional<Question> &question = m_explainer.question();
    const ExplanationPtr explanation = m_explainer.explanation();
    setVisible(question.has_value());
    if (!question)
        return;
    // What is shown may still be the map before, of another method.
    const SaliencyMethodInfo &info = explanation ? explanation->method() : infoOf(question->method);
    m_title->setText(explanation ? titleOf(*explanation) : QString::fromUtf8(info.title));
    m_all->setVisible(!question->block.isEmpty());
    m_subject->setText(explanation ? subjectOf(*explanation, *m_explainer.answer()) : QString());
    const AnswerPtr answer = m_explainer.answer();
    m_line->setVisible(infoOf(question->method).needsClass && !(answer && answer->top.empty()));
    m_title->setToolTip(describeMethod(info));
    m_bar->setExplanation(explanation);
    m_remark->setText(explanation ? explanation->remark : m_explainer.obstacle(question->method));
    const bool nothingToColour = explanation ? explanation->isColourless() : !m_remark->text().isEmpty();
    m_remark->setVisible(!m_remark->text().isEmpty());
    m_bar->setVisible(!nothingToColour);
    m_opacity->setVisible(!nothingToColour);
    m_save->setEnabled(explanation != nullptr);
}

} // namespace reslens
