// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saliency/contribution_panel.h"

#include "ui/base/format.h"
#include "ui/export/saliency_description.h"
#include "ui/saliency/contribution_chart.h"
#include "ui/saliency/contribution_model.h"
#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/theme/labels.h"
#include "ui/widgets/chart_menu.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/quiet_table.h"

#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
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
    constexpr int decimals = 2;
    const SaliencyResult &result = explanation.result;
    const auto fixed = [](double value) { return formatFixed(value, decimals); };
    if (const std::optional<LogitSum> sum = logitSum(result, decimals))
        return ContributionPanel::tr("stem %1 + blocks %2 + biases %3 = %4")
            .arg(fixed(sum->stem), fixed(sum->blocks), fixed(sum->biases), fixed(sum->logit));
    switch (explanation.question.method) {
    case SaliencyMethod::ScaleIntegratedGradients:
        return ContributionPanel::tr("blocks %1 of logit %2; without any block it is %3")
            .arg(fixed(blocksTotal(result)), fixed(result.logit), fixed(result.logit - blocksTotal(result)));
    case SaliencyMethod::GradTimesResidual:
        return ContributionPanel::tr("direct and through later blocks; does not add up to the logit");
    case SaliencyMethod::Energy:
        return ContributionPanel::tr("mean of ‖s·F(x)‖ / ‖x‖ over all places");
    default:
        return ContributionPanel::tr("mean share of channels over all places");
    }
}

ContributionPanel::ContributionPanel(Explainer &explainer, QWidget *parent)
    : QWidget(parent), m_explainer(explainer), m_title(headingLabel()), m_sum(new ElidedLabel),
      m_stacks(new QToolButton), m_asTable(tableButton()), m_chart(new ContributionChart),
      m_model(new ContributionModel(this)),
      m_table(quietTable(m_model, tr("Table of what each residual block adds"))), m_pages(new QStackedWidget)
{
    m_sum->setForegroundRole(QPalette::PlaceholderText);
    m_stacks->setObjectName(QStringLiteral("branches"));
    m_stacks->setIcon(themedIcon(QStringLiteral("branches")));
    m_stacks->setText(tr("Branches"));
    m_stacks->setCheckable(true);
    m_stacks->setAutoRaise(true);
    m_stacks->setToolTip(
        tr("Split each bar by Inception branch, the first darkest; the palest part is the bias "
           "of the 1×1 convolution that joins them, the dot their sum. Click a part to "
           "see its map."));
    m_asTable->setObjectName(QStringLiteral("table"));
    m_asTable->setToolTip(tr("Show the scores as a table"));
    auto *header = new QHBoxLayout;
    header->setSpacing(Grid);
    header->addWidget(m_title);
    header->addWidget(m_sum, 1);
    header->addWidget(m_stacks);
    header->addWidget(m_asTable);
    m_pages->addWidget(m_chart);
    m_pages->addWidget(m_table);
    // Large windows give it more of their height, but a chart of bars needs no more than twice its least.
    m_pages->setMinimumHeight(m_chart->minimumSizeHint().height());
    m_pages->setMaximumHeight(2 * m_chart->minimumSizeHint().height());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Inset, 0, 0, 0);
    layout->setSpacing(Grid / 2);
    layout->addLayout(header);
    layout->addWidget(m_pages);
    for (QLabel *label : {m_title, m_sum})
        label->setToolTip(
            tr("Click a bar to see its block's map; click it again, or press Esc, for all together"));

    new ChartMenu(m_chart, m_chart->plot(), QStringLiteral("contributions"),
                  [this] { return tableOf(*m_model); });
    connect(m_stacks, &QToolButton::toggled, m_chart, &ContributionChart::setStacked);
    connect(m_asTable, &QToolButton::toggled, m_pages, &QStackedWidget::setCurrentIndex);
    for (QToolButton *button : {m_stacks, m_asTable})
        connect(button, &QToolButton::toggled, this, &ContributionPanel::refresh);
    connect(m_chart, &ContributionChart::chosen, &explainer, &Explainer::chooseBlock);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        m_explainer.chooseBlock(index.siblingAtColumn(ContributionModel::Block).data().toString());
    });
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
    m_model->setExplanation(hasScores ? explanation : nullptr);
    if (!hasScores)
        return;
    m_stacks->setVisible(!explanation->result.scores.front().branches.empty());
    m_title->setText(titleOf(explanation->question.method));
    const bool stacked = m_stacks->isChecked() && m_stacks->isVisibleTo(this) && !m_asTable->isChecked();
    m_sum->setText(stacked ? tr("from dark to pale: branch 0, 1, … and the bias · dot: their sum")
                           : describeSum(*explanation));
}

} // namespace reslens
