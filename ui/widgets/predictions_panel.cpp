// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/predictions_panel.h"

#include "engine/prediction.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/widgets/quiet_table.h"
#include "ui/widgets/top_chart.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

namespace reslens {
namespace {

constexpr float LeastSureProbability = 0.5F;

/// "202 classes"
QString classesOf(const ModelSummary &model)
{
    return model.hasTop()
               ? PredictionsPanel::tr("%1 classes").arg(QLocale().toString(int(model.info.classes.size())))
               : PredictionsPanel::tr("no classes");
}

} // namespace

QString describeModel(const ModelSummary &model)
{
    const QString name =
        model.embedded ? PredictionsPanel::tr("Embedded model") : QString::fromStdString(model.info.name);
    return PredictionsPanel::tr("%1 · %2 · input\u00a0%3\u00a0px")
        .arg(name, classesOf(model), QString::number(model.inputSize));
}

PredictionsPanel::PredictionsPanel(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_chart(new TopChart),
      m_table(quietTable(session.predictions(), tr("Table of the five most probable classes"),
                         PredictionModel::Name)),
      m_message(quietLabel()), m_model(quietLabel()), m_classes(new QToolButton), m_pages(new QStackedWidget),
      m_asTable(tableButton())
{
    m_chart->setModel(session.predictions());
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignTop);
    m_model->setWordWrap(true);
    // A file's name may be one long word: it must not hold the window open.
    m_model->setMinimumWidth(1);
    m_classes->setText(tr("Classes"));
    m_classes->setToolTip(tr("Show the classes that the model knows"));
    m_asTable->setToolTip(tr("Show the five classes as a table, with logits and WordNet ids"));

    auto *header = new QHBoxLayout;
    header->addWidget(headingLabel(tr("Top 5")));
    header->addStretch();
    header->addWidget(m_asTable);

    for (QWidget *page : std::initializer_list<QWidget *>{m_chart, m_table, m_message})
        m_pages->addWidget(page);
    m_pages->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);

    auto *line = new QHBoxLayout;
    line->addWidget(m_model, 1);
    line->addWidget(m_classes, 0, Qt::AlignTop);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addLayout(header);
    layout->addWidget(m_pages);
    layout->addLayout(line);

    connect(m_asTable, &QToolButton::toggled, this, &PredictionsPanel::refresh);
    connect(&session, &Session::stateChanged, this, &PredictionsPanel::refresh);
    connect(&session, &Session::modelChanged, this, &PredictionsPanel::refresh);
    connect(m_classes, &QToolButton::clicked, this, &PredictionsPanel::classesRequested);
    connect(m_chart, &TopChart::chosen, this, &PredictionsPanel::explain);
    refresh();
}

QString PredictionsPanel::message() const
{
    const ModelSummaryPtr model = m_session.model();
    if (model && !model->hasTop())
        return tr("This model file has no classification head, so it names no classes. The maps of its "
                  "blocks still "
                  "show what it sees.");
    switch (m_session.state()) {
    case Session::State::Empty:
        return tr("Drop a picture anywhere in this window.");
    case Session::State::Failed:
        return tr("No prediction: there is no picture to look at.");
    case Session::State::Cancelled:
        return tr("Stopped before the end, so there is no prediction. Press Ctrl+R to run again.");
    default:
        return m_session.predictions()->rowCount() == 0 ? tr("Looking…") : QString();
    }
}

void PredictionsPanel::explain(int row)
{
    if (const AnswerPtr answer = m_session.explainer().answer())
        m_session.explainer().explain(answer->top[std::size_t(row)].classIndex);
}

int PredictionsPanel::explainedRow() const
{
    const std::optional<Question> &question = m_session.explainer().question();
    if (!question || !infoOf(question->method).needsClass)
        return -1;
    return m_session.predictions()->rowOf(question->subject.classIndex);
}

void PredictionsPanel::refresh()
{
    const QString text = message();
    m_message->setText(text);
    m_chart->setStale(m_session.state() != Session::State::Answered);
    m_chart->setBold(m_session.predictions()->rowOf(m_session.explainer().subject().classIndex));
    m_chart->setExplained(explainedRow());
    m_pages->setCurrentWidget(!text.isEmpty()          ? static_cast<QWidget *>(m_message)
                              : m_asTable->isChecked() ? static_cast<QWidget *>(m_table)
                                                       : m_chart);
    showModel();
}

bool PredictionsPanel::isUnsure() const
{
    const AnswerPtr answer = m_session.answer();
    return answer && !answer->top.empty() && answer->top.front().probability < LeastSureProbability;
}

void PredictionsPanel::showModel()
{
    const ModelSummaryPtr model = m_session.model();
    m_classes->setVisible(model && model->hasTop());
    if (!model) {
        m_model->setText(tr("Loading the model…"));
        return;
    }
    QString text = describeModel(*model);
    QString about = QString::fromStdString(model->info.about);
    // In the line's place: the picture keeps its height.
    if (isUnsure()) {
        about = text + u'\n' + about;
        text = model->embedded ? tr("Not sure: this small model knows only %1").arg(classesOf(*model))
                               : tr("Not sure, among the %1 that it knows").arg(classesOf(*model));
    }
    if (model->info.untrained)
        text = tr("These weights are untrained: what the model answers means nothing.");
    m_model->setForegroundRole(model->info.untrained ? QPalette::WindowText : QPalette::PlaceholderText);
    m_model->setText(text);
    m_model->setToolTip(about.trimmed());
}

} // namespace reslens
