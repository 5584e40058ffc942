// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saliency/contribution_panel.h"

#include "ui/format.h"
#include "ui/saliency/contribution_chart.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/widgets/network_strip.h"

#include <QLabel>
#include <QVBoxLayout>

namespace reslens {
namespace {

QString titleOf(SaliencyMethod method)
{
    switch (method) {
    case SaliencyMethod::Energy:
        return ContributionPanel::tr("How much each block changes");
    case SaliencyMethod::Erasure:
        return ContributionPanel::tr("How much each block erases");
    default:
        return ContributionPanel::tr("What each block adds");
    }
}

} // namespace

QString describeSum(const Explanation &explanation)
{
    const SaliencyResult &result = explanation.result;
    const auto fixed = [](double value) { return formatFixed(value, 2); };
    switch (explanation.question.method) {
    case SaliencyMethod::Direct:
    case SaliencyMethod::DirectWithStem:
        return ContributionPanel::tr("stem %1 + blocks %2 + biases %3 = %4")
            .arg(fixed(result.stem.value_or(0)), fixed(explanation.blocksTotal()),
                 fixed(result.biases.value_or(0)), fixed(result.logit));
    case SaliencyMethod::ScaleIntegratedGradients:
        return ContributionPanel::tr("blocks %1 of logit %2; without any block it is %3")
            .arg(fixed(explanation.blocksTotal()), fixed(result.logit),
                 fixed(result.logit - explanation.blocksTotal()));
    case SaliencyMethod::GradTimesResidual:
        return ContributionPanel::tr("direct and through later blocks; does not add up to the logit");
    case SaliencyMethod::Energy:
        return ContributionPanel::tr("mean of ‖s·F(x)‖ / ‖x‖ over all places");
    default:
        return ContributionPanel::tr("mean share of channels over all places");
    }
}

ContributionPanel::ContributionPanel(Explainer &explainer, QWidget *parent)
    : QWidget(parent), m_explainer(explainer), m_title(headingLabel()), m_sum(quietLabel()),
      m_chart(new ContributionChart)
{
    auto *header = new QHBoxLayout;
    header->setSpacing(2 * Grid);
    header->addWidget(m_title);
    header->addWidget(m_sum, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(NetworkStrip::FrameRoom, 0, 0, 0);
    layout->setSpacing(Grid / 2);
    layout->addLayout(header);
    layout->addWidget(m_chart);
    for (QLabel *label : {m_title, m_sum})
        label->setToolTip(tr("Click a bar to see its block's map; click it again for all together"));

    connect(m_chart, &ContributionChart::chosen, &explainer, &Explainer::chooseBlock);
    connect(m_chart, &ContributionChart::pointed, this, &ContributionPanel::pointed);
    connect(&explainer, &Explainer::changed, this, &ContributionPanel::refresh);
    refresh();
}

void ContributionPanel::refresh()
{
    const ExplanationPtr explanation = m_explainer.explanation();
    const bool hasScores = explanation && !explanation->result.scores.empty();
    setVisible(hasScores);
    m_chart->setExplanation(hasScores ? explanation : nullptr);
    if (!hasScores)
        return;
    m_title->setText(titleOf(explanation->question.method));
    m_sum->setText(describeSum(*explanation));
}

} // namespace reslens
