// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trust/trust_page.h"

#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/theme/labels.h"
#include "ui/trust/chart_panel.h"
#include "ui/trust/verdicts.h"
#include "ui/widgets/elided_label.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>

namespace reslens {
namespace {

/// "Direct path with stem, espresso"
QString describe(const Explanation &explanation, const ModelInfo &model)
{
    QString text = QString::fromUtf8(explanation.method().title);
    if (!explanation.result.block.empty())
        text += QStringLiteral(" · ") + QString::fromStdString(explanation.result.block);
    return text + QStringLiteral(", ") + nameOf(explanation.question.subject, model);
}

} // namespace

TrustPage::TrustPage(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_examiner(session.examiner()), m_stack(new QStackedWidget),
      m_subject(new ElidedLabel), m_again(new QToolButton), m_invitation(quietLabel()),
      m_start(new QPushButton),
      m_insertion(
          new ChartPanel(tr("Fading in"),
                         tr("Insertion: from a blurred picture to the picture, the places that the map "
                            "ranks first coming first; the area under the class's probability. A place "
                            "is a cell of a 16 × 16 grid.\nPetsiuk et al. 2018"),
                         QStringLiteral("insertion"))),
      m_deletion(
          new ChartPanel(tr("Greying out"),
                         tr("Deletion: from the picture to mid-grey, the places that the map ranks first "
                            "going first; the area under the class's probability.\nPetsiuk et al. 2018"),
                         QStringLiteral("deletion"))),
      m_cascade(
          new ChartPanel(tr("Without what was learned"),
                         tr("Randomization cascade: Spearman's rank correlation of the map with the one "
                            "of the same network whose weights are drawn anew, from its end up to the "
                            "named part.\nAdebayo et al. 2018"),
                         QStringLiteral("randomization")))
{
    m_stack->addWidget(makeInvitation());
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

QWidget *TrustPage::makeInvitation()
{
    m_invitation->setWordWrap(true);
    m_invitation->setAlignment(Qt::AlignCenter);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setSpacing(2 * Grid);
    layout->addStretch();
    layout->addWidget(m_invitation);
    layout->addWidget(m_start, 0, Qt::AlignHCenter);
    layout->addStretch();
    return page;
}

QLayout *TrustPage::makeHeader()
{
    m_again->setAutoRaise(true);
    m_again->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto *header = new QHBoxLayout;
    header->setSpacing(2 * Grid);
    header->addWidget(headingLabel(tr("Can I trust this map?")));
    header->addWidget(m_subject, 1);
    header->addWidget(m_again);
    return header;
}

QLabel *TrustPage::addFinding(QLayout *layout, const QString &title, const QString &tip)
{
    QLabel *heading = headingLabel(title);
    auto *sentence = new QLabel;
    sentence->setWordWrap(true);
    for (QLabel *label : {heading, sentence})
        label->setToolTip(tip);
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
    m_randomLogit =
        addFinding(layout, tr("Does it depend on the class?"),
                   tr("Random-logit test: Spearman's rank correlation of the map with the maps of "
                      "five classes of chance.\nSixt et al. 2020"));
    layout->addSpacing(Grid);
    m_sensitivity = addFinding(layout, tr("Is it steady?"),
                               tr("Max-sensitivity: the greatest ‖map(x + δ) − map(x)‖ / ‖map(x)‖ over eight "
                                  "noises δ of 2 % of the picture's range.\nYeh et al. 2019"));
    layout->addSpacing(Grid);
    m_lesions = addFinding(layout, tr("Do its blocks matter?"),
                           tr("Lesion agreement: Spearman's rank correlation of the blocks' scores with what "
                              "the logit loses when each is switched off.\nVeit et al. 2016"));
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

void TrustPage::invite(const QString &sentence, const QString &action)
{
    m_invitation->setText(sentence);
    m_start->setText(action);
    m_start->setVisible(!action.isEmpty());
    m_stack->setCurrentIndex(0);
}

void TrustPage::refresh()
{
    const AnswerPtr answer = m_session.answer();
    const ExplanationPtr explanation = m_session.explainer().explanation();
    const ExaminationPtr found = m_examiner.examination();
    if (!answer)
        return invite(tr("Open a picture, and see here how far the map over it can be trusted."), {});
    if (answer->top.empty())
        return invite(tr("This model has no classes: there is no probability by which to check a map."), {});
    if (!explanation)
        return invite(m_session.isExplaining()
                          ? tr("The map is on its way.")
                          : tr("There is no map over the picture. Choose one from Saliency, press S, or have "
                               "the usual one made and checked."),
                      m_session.isExplaining() ? QString() : tr("Make and check a map"));
    if (!found && !m_examiner.isRunning())
        return invite(
            tr("%1\n\nWhether the map finds what the class rests on, and whether it shows the network or "
               "only the picture: a few hundred runs of the network tell.")
                .arg(describe(*explanation, answer->model->info)),
            tr("Check this map"));
    m_stack->setCurrentIndex(1);
    m_subject->setText(describe(*explanation, answer->model->info));
    m_again->setText(m_examiner.isRunning() ? tr("Stop") : tr("Check again"));
    m_again->setIcon(themedIcon(m_examiner.isRunning() ? QStringLiteral("cancel") : QStringLiteral("run")));
    Examination nothing;
    nothing.explanation = explanation;
    showCharts(found ? *found : nothing);
    showFindings(found ? *found : nothing);
}

QString TrustPage::waiting() const
{
    return m_examiner.isRunning() ? tr("Being checked …") : tr("Not checked: stopped before.");
}

void TrustPage::showCharts(const Examination &found)
{
    if (found.insertion)
        m_insertion->setResult(chartOf(*found.insertion, tr("Picture shown")),
                               insertionVerdict(*found.insertion));
    else
        m_insertion->setWaiting(waiting());
    if (found.deletion)
        m_deletion->setResult(chartOf(*found.deletion, tr("Picture greyed")),
                              deletionVerdict(*found.deletion));
    else
        m_deletion->setWaiting(waiting());
    if (!found.cascade.empty())
        m_cascade->setResult(chartOf(found.cascade), cascadeVerdict(found.cascade));
    else
        m_cascade->setWaiting(waiting());
}

void TrustPage::showFindings(const Examination &found)
{
    const Explanation &map = *found.explanation;
    m_randomLogit->setText(!map.method().needsClass ? tr("No: this method knows no classes.")
                           : found.randomLogit      ? randomLogitVerdict(*found.randomLogit)
                                                    : waiting());
    m_sensitivity->setText(found.sensitivity ? sensitivityVerdict(*found.sensitivity) : waiting());
    m_lesions->setText(map.result.scores.empty() ? tr("This method gives blocks no scores.")
                       : found.lesions           ? lesionVerdict(*found.lesions)
                                                 : waiting());
}

} // namespace reslens
