// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lesions/lesion_page.h"

#include "ui/base/format.h"
#include "ui/lesions/drop_panel.h"
#include "ui/lesions/lens_panel.h"
#include "ui/lesions/scale_board.h"
#include "ui/lesions/scale_controls.h"
#include "ui/saliency/subject_line.h"
#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/theme/labels.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/line_tabs.h"
#include "ui/widgets/quiet_table.h"
#include "ui/widgets/top_chart.h"

#include <QLabel>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace reslens {
namespace {

QVBoxLayout *columnLayout(QWidget *widget)
{
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    return layout;
}

} // namespace

QString describeLesions(const LesionSet &lesions)
{
    const auto changed = lesions.changed().size();
    return changed == 0 ? LesionPage::tr("click a bar to switch its block off, drag it to scale it")
                        : LesionPage::tr("%1 of %2 blocks changed").arg(changed).arg(lesions.blocks().size());
}

QString describeLogit(const LesionStudy &study)
{
    const Answer &intact = *study.intact();
    const double before = study.logitOf(intact);
    const double now = study.logitOf(*study.outcome());
    const QString what =
        study.subject().versus ? LesionPage::tr("%1: difference %2") : LesionPage::tr("%1: logit %2");
    const QString text = what.arg(nameOf(study.subject(), intact.model->info), formatFixed(before, 2));
    if (study.outcome() == study.intact())
        return text;
    return text + QStringLiteral(" → %1 (%2%3)")
                      .arg(formatFixed(now, 2), now < before ? QString() : QStringLiteral("+"),
                           formatFixed(now - before, 2));
}

LesionPage::LesionPage(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_study(session.lesions()), m_top(new PredictionModel(this)),
      m_state(new ElidedLabel), m_warning(new QLabel(tr("outside its training"))), m_reset(new QToolButton),
      m_board(new ScaleBoard), m_controls(new ScaleControls), m_chart(new TopChart),
      m_legend(quietLabel(tr("Outlines and first numbers: without lesions"))), m_logit(new ElidedLabel),
      m_message(quietLabel()), m_stack(new QStackedWidget)
{
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_stack->addWidget(makeContent());
    m_stack->addWidget(m_message);
    columnLayout(this)->addWidget(m_stack);
    connectParts();
    refresh();
}

QWidget *LesionPage::makeContent()
{
    auto *content = new QWidget;
    QVBoxLayout *layout = columnLayout(content);
    layout->setContentsMargins(Inset, 0, 0, 0);
    layout->addLayout(makeHeader());
    layout->addWidget(m_board);
    layout->addWidget(m_controls);
    layout->addSpacing(Grid);
    auto *below = new QHBoxLayout;
    below->setSpacing(3 * Grid - Inset);
    below->addWidget(makeAnswer(), 2);
    below->addWidget(makeDetails(), 3);
    layout->addLayout(below, 1);
    return content;
}

QLayout *LesionPage::makeHeader()
{
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_warning->setToolTip(
        tr("A factor lies above 1: the blocks behind it read what no picture made them read in "
           "training. The answer says little about how the network normally works."));
    QFont bold = m_warning->font();
    bold.setWeight(QFont::DemiBold);
    m_warning->setFont(bold);
    m_reset->setIcon(themedIcon(QStringLiteral("reset")));
    m_reset->setText(tr("Reset"));
    m_reset->setToolTip(tr("All blocks as they were"));
    m_reset->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_reset->setAutoRaise(true);
    QLabel *heading = headingLabel(tr("Residual blocks"));
    heading->setToolTip(
        tr("Each block adds s·F(x) to its input x; here s is multiplied by a factor, and at 0 the "
           "block passes its input on.\nVeit et al. 2016"));
    auto *header = new QHBoxLayout;
    header->setSpacing(2 * Grid);
    header->addWidget(heading);
    header->addWidget(m_state, 1);
    header->addWidget(m_warning);
    header->addWidget(m_reset);
    return header;
}

QWidget *LesionPage::makeAnswer()
{
    m_chart->setModel(m_top);
    m_chart->setAccessibleName(tr("Chart of the five most probable classes with the lesions"));
    auto *pages = new QStackedWidget;
    pages->addWidget(m_chart);
    QTableView *table = quietTable(m_top, tr("Table of the five most probable classes with the lesions"),
                                   PredictionModel::Name);
    table->hideColumn(PredictionModel::WordNetId);
    pages->addWidget(table);
    pages->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QToolButton *asTable = tableButton();
    asTable->setToolTip(tr("Show the five classes as a table"));
    connect(asTable, &QToolButton::toggled, pages, &QStackedWidget::setCurrentIndex);
    QLabel *heading = headingLabel(tr("Top 5 with lesions"));
    heading->setToolTip(
        tr("With the blocks as set above. An outline, and the number before the arrow, show where a class "
           "was without lesions."));
    auto *header = new QHBoxLayout;
    header->addWidget(heading);
    header->addStretch();
    header->addWidget(asTable);
    auto *answer = new QWidget;
    QVBoxLayout *layout = columnLayout(answer);
    layout->addLayout(header);
    layout->addWidget(pages);
    m_legend->setWordWrap(true);
    layout->addWidget(m_legend);
    layout->addWidget(m_logit);
    layout->addWidget(new SubjectLine(m_session.explainer()));
    layout->addStretch();
    return answer;
}

QWidget *LesionPage::makeDetails()
{
    auto *tabs = new LineTabs;
    tabs->setAccessibleName(tr("What is shown below"));
    auto *lens = new LensPanel(m_study);
    auto *drops = new DropPanel(m_study);
    auto *pages = new QStackedWidget;
    pages->addWidget(lens);
    pages->addWidget(drops);
    tabs->addTab(tr("Logit lens"));
    tabs->addTab(tr("Every block"));
    tabs->setTabToolTip(0, tr("How the classes grow over the last blocks"));
    tabs->setTabToolTip(1, tr("What the logit loses without each block"));
    connect(tabs, &QTabBar::currentChanged, pages, &QStackedWidget::setCurrentIndex);
    connect(lens, &LensPanel::pointed, this, &LesionPage::pointed);
    connect(drops, &DropPanel::chosen, m_board, &ScaleBoard::choose);
    auto *details = new QWidget;
    QVBoxLayout *layout = columnLayout(details);
    layout->addWidget(tabs);
    pages->setContentsMargins(Inset, 0, 0, 0);
    layout->addWidget(pages, 1);
    return details;
}

void LesionPage::connectParts()
{
    connect(m_board, &ScaleBoard::scaled, &m_study, &LesionStudy::scale);
    connect(m_board, &ScaleBoard::pointed, this, &LesionPage::pointed);
    connect(m_board, &ScaleBoard::chosenChanged, this,
            [this] { m_controls->setChosen(m_study.lesions(), m_board->chosen()); });
    connect(m_controls, &ScaleControls::scaled, &m_study, &LesionStudy::scale);
    connect(m_controls, &ScaleControls::branchScaled, &m_study, &LesionStudy::scaleBranch);
    connect(m_reset, &QToolButton::clicked, &m_study, &LesionStudy::reset);
    connect(m_chart, &TopChart::chosen, this, [this](int row) {
        if (const AnswerPtr outcome = m_study.outcome())
            m_session.explainer().chooseSubject(
                {outcome->top[std::size_t(row)].classIndex, m_study.subject().versus});
    });
    connect(&m_study, &LesionStudy::changed, this, &LesionPage::refresh);
    connect(&m_session, &Session::stateChanged, this, &LesionPage::refresh);
}

QString LesionPage::message() const
{
    const ModelSummaryPtr model = m_session.model();
    if (model && !model->hasTop())
        return tr(
            "This model file has no classification head: there are no classes that lesions could move.");
    if (m_study.intact() || m_shownIntact)
        return {};
    return m_session.isBusy() ? tr("The blocks come as soon as the network has seen the picture.")
                              : tr("There is no picture that the network has seen.");
}

void LesionPage::refresh()
{
    const AnswerPtr intact = m_study.intact();
    // While the next answer is on its way, the last one stays, greyed out.
    m_chart->setStale(!intact);
    const AnswerPtr outcome = m_study.outcome();
    if (intact) {
        if (outcome != m_shownOutcome || intact != m_shownIntact) {
            m_shownOutcome = outcome;
            m_shownIntact = intact;
            m_top->setAnswer(outcome, outcome == intact ? nullptr : intact);
        }
        m_board->setLesions(m_study.lesions());
        m_controls->setChosen(m_study.lesions(), m_board->chosen());
        m_chart->setBold(m_top->rowOf(m_study.subject().classIndex));
        m_legend->setVisible(outcome != intact);
        m_logit->setText(describeLogit(m_study));
    }
    m_controls->setEnabled(intact != nullptr);
    m_board->setEnabled(intact != nullptr);
    m_state->setText(describeLesions(m_study.lesions()));
    m_warning->setVisible(m_study.lesions().isOffDistribution());
    m_reset->setEnabled(!m_study.lesions().isIntact());
    const QString text = message();
    m_message->setText(text);
    m_stack->setCurrentIndex(text.isEmpty() ? 0 : 1);
}

void LesionPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_study.setShown(true);
}

void LesionPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_study.setShown(false);
}

} // namespace reslens
