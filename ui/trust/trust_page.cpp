// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trust/trust_page.h"

#include "ui/base/format.h"
#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/theme/labels.h"
#include "ui/trust/chart_panel.h"
#include "ui/trust/verdict_row.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/text_button.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>

namespace reslens {
namespace {

/// Of the network, for all checks of a map that takes one or two, roughly.
constexpr int Runs = 300;

/// "Direct path with stem, espresso"
QString describe(const Explanation &explanation, const ModelInfo &model)
{
    return titleOf(explanation) + QStringLiteral(", ") + nameOf(explanation.question.subject, model);
}

} // namespace

TrustPage::TrustPage(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_examiner(session.examiner()), m_stack(new QStackedWidget),
      m_count(new QLabel), m_subject(new ElidedLabel), m_again(new QToolButton), m_verdicts(new VerdictRow),
      m_message(quietLabel()), m_offer(new QLabel), m_start(primaryButton()),
      m_insertion(new ChartPanel(checks()[InsertionCheck], QStringLiteral("insertion"))),
      m_deletion(new ChartPanel(checks()[DeletionCheck], QStringLiteral("deletion"))),
      m_cascade(new ChartPanel(checks()[CascadeCheck], QStringLiteral("randomization")))
{
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_stack->addWidget(m_message);
    m_stack->addWidget(makeOffer());
    m_stack->addWidget(makeContent());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    // The session passes on what the explainer and the examiner report.
    connect(&session, &Session::stateChanged, this, &TrustPage::refresh);
    m_start->setAutoDefault(true);
    connect(m_start, &QPushButton::clicked, &m_examiner, &Examiner::start);
    connect(m_again, &QToolButton::clicked, this, [this] {
        if (m_examiner.isRunning())
            m_session.cancel();
        else
            m_examiner.start();
    });
    refresh();
}

QWidget *TrustPage::makeOffer()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    // The heading stands where it will stand beside the button of the results.
    layout->setContentsMargins(Inset, Grid / 2, Grid, 0);
    layout->setSpacing(2);
    layout->addWidget(headingLabel(tr("Can I trust this map?")));
    for (const Check &check : checks()) {
        QLabel *question = quietLabel(check.question);
        QFont bold = question->font();
        bold.setWeight(QFont::DemiBold);
        question->setFont(bold);
        QLabel *course = quietLabel(check.course);
        course->setWordWrap(true);
        for (QLabel *label : {question, course})
            label->setToolTip(check.help);
        layout->addSpacing(Grid);
        layout->addWidget(question);
        layout->addWidget(course);
    }
    m_offer->setWordWrap(true);
    layout->addSpacing(3 * Grid);
    layout->addWidget(m_offer);
    layout->addSpacing(Grid);
    layout->addWidget(m_start, 0, Qt::AlignLeft);
    layout->addStretch();
    return page;
}

QLayout *TrustPage::makeHeader()
{
    m_again->setAutoRaise(true);
    m_again->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_subject->setForegroundRole(QPalette::PlaceholderText);
    QFont bold = m_count->font();
    bold.setWeight(QFont::DemiBold);
    m_count->setFont(bold);
    auto *header = new QHBoxLayout;
    header->setSpacing(2 * Grid);
    header->addWidget(headingLabel(tr("Can I trust this map?")));
    header->addWidget(m_count);
    header->addWidget(m_subject, 1);
    header->addWidget(m_again);
    return header;
}

QLabel *TrustPage::addFinding(QLayout *layout, CheckIndex index)
{
    const Check check = checks()[index];
    QLabel *heading = headingLabel(check.question);
    auto *sentence = new QLabel;
    sentence->setWordWrap(true);
    for (QLabel *label : {heading, sentence})
        label->setToolTip(check.help);
    layout->addWidget(heading);
    layout->addWidget(sentence);
    return sentence;
}

QWidget *TrustPage::makeFindings()
{
    auto *findings = new QWidget;
    auto *layout = new QVBoxLayout(findings);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid / 2);
    m_randomLogit = addFinding(layout, ClassCheck);
    layout->addSpacing(Grid);
    m_sensitivity = addFinding(layout, NoiseCheck);
    layout->addSpacing(Grid);
    m_lesions = addFinding(layout, LesionCheck);
    QLabel *caution = quietLabel(tr("Such checks disagree with each other and vary from picture to picture "
                                    "(Tomsett et al. 2020): take several together, on several pictures."));
    caution->setWordWrap(true);
    layout->addStretch();
    layout->addWidget(caution);
    return findings;
}

QWidget *TrustPage::makeContent()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(Inset, 0, Grid, 0);
    layout->setSpacing(Grid);
    layout->addLayout(makeHeader());
    layout->addWidget(m_verdicts);
    layout->addSpacing(Grid);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(4 * Grid);
    grid->setVerticalSpacing(2 * Grid);
    grid->addWidget(m_insertion, 0, 0);
    grid->addWidget(m_deletion, 0, 1);
    grid->addWidget(m_cascade, 1, 0);
    grid->addWidget(makeFindings(), 1, 1);
    for (const int i : {0, 1}) {
        grid->setColumnStretch(i, 1);
        grid->setRowStretch(i, 1);
    }
    layout->addLayout(grid, 1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("Can I trust this map?"));
    return scroll;
}

void TrustPage::say(const QString &sentence)
{
    m_message->setText(sentence);
    m_stack->setCurrentIndex(0);
}

void TrustPage::offer(const Answer &answer, const ExplanationPtr &explanation)
{
    const QString what =
        explanation ? describe(*explanation, answer.model->info) + u'.'
                    : tr("There is no map over the picture: choose one from Saliency, press S, or have the "
                         "usual one made and checked.");
    const QString wait = tr("The checks take %1, longer for methods that average; Esc stops them.")
                             .arg(formatWait(Runs * answer.milliseconds));
    m_offer->setText(what + u'\n' + wait);
    m_start->setText(explanation ? tr("Check this map") : tr("Make and check a map"));
    m_stack->setCurrentIndex(1);
}

void TrustPage::refresh()
{
    const AnswerPtr answer = m_session.answer();
    const ExplanationPtr explanation = m_session.explainer().explanation();
    const ExaminationPtr found = m_examiner.examination();
    if (!answer)
        return say(tr("Open a picture, and see here how far the map over it can be trusted."));
    if (answer->top.empty())
        return say(tr("This model has no classes: there is no probability by which to check a map."));
    if (!explanation && m_session.isExplaining())
        return say(tr("The map is on its way."));
    if (!explanation || (!found && !m_examiner.isRunning()))
        return offer(*answer, explanation);
    m_stack->setCurrentIndex(2);
    m_subject->setText(describe(*explanation, answer->model->info));
    m_again->setText(m_examiner.isRunning() ? tr("Stop") : tr("Check again"));
    m_again->setIcon(themedIcon(m_examiner.isRunning() ? QStringLiteral("cancel") : QStringLiteral("run")));
    Examination nothing;
    nothing.explanation = explanation;
    const Verdicts verdicts = verdictsOf(found ? *found : nothing);
    m_count->setText(countOf(verdicts));
    m_verdicts->setVerdicts(verdicts);
    showCharts(found ? *found : nothing, verdicts);
    showFindings(verdicts);
}

QString TrustPage::sentenceOf(const Verdict &verdict) const
{
    if (!verdict.sentence.isEmpty())
        return verdict.sentence;
    return m_examiner.isRunning() ? tr("Being checked …") : tr("Not checked: stopped before.");
}

void TrustPage::showCharts(const Examination &found, const Verdicts &verdicts)
{
    const auto show = [&](ChartPanel *panel, CheckIndex index, const std::optional<ChartData> &chart) {
        if (chart)
            panel->setResult(*chart, sentenceOf(verdicts[index]));
        else
            panel->setWaiting(sentenceOf(verdicts[index]));
    };
    const Subject own{found.explanation->question.subject.classIndex};
    const QString probability = tr("probability of %1").arg(nameOf(own, m_session.answer()->model->info));
    std::optional<ChartData> insertion, deletion, cascade;
    if (found.insertion)
        insertion = chartOf(*found.insertion, tr("share of the picture shown"), probability);
    if (found.deletion)
        deletion = chartOf(*found.deletion, tr("share of the picture greyed out"), probability);
    if (!found.cascade.empty())
        cascade = chartOf(found.cascade);
    show(m_insertion, InsertionCheck, insertion);
    show(m_deletion, DeletionCheck, deletion);
    show(m_cascade, CascadeCheck, cascade);
}

void TrustPage::showFindings(const Verdicts &verdicts)
{
    m_randomLogit->setText(sentenceOf(verdicts[ClassCheck]));
    m_sensitivity->setText(sentenceOf(verdicts[NoiseCheck]));
    m_lesions->setText(sentenceOf(verdicts[LesionCheck]));
}

} // namespace reslens
