// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/status_line.h"

#include "ui/base/format.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/widgets/elided_label.h"

#include <QAction>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QToolButton>
#include <chrono>

namespace reslens {
namespace {

using namespace std::chrono_literals;

constexpr auto ConfirmationTime = 3s;

} // namespace

StatusLine::StatusLine(Session &session, QAction *cancel, QWidget *parent)
    : QWidget(parent), m_session(session), m_readout(new ElidedLabel), m_activity(quietLabel()),
      m_progress(new QProgressBar), m_cancel(new QToolButton), m_summary(new ElidedLabel)
{
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(14 * Grid, Grid / 2 + 2);
    m_cancel->setDefaultAction(cancel);
    m_cancel->setAutoRaise(true);
    m_cancel->setFocusPolicy(Qt::TabFocus);
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_summary->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addWidget(m_readout, 1);
    layout->addWidget(m_activity);
    layout->addWidget(m_progress);
    layout->addWidget(m_cancel);
    layout->addWidget(m_summary);
    // The line keeps its height when the button comes and goes.
    setFixedHeight(m_cancel->sizeHint().height());

    m_confirming.setSingleShot(true);
    m_confirming.setInterval(ConfirmationTime);
    connect(&m_confirming, &QTimer::timeout, this, &StatusLine::showReadout);
    connect(&session, &Session::stateChanged, this, &StatusLine::refresh);
    connect(&session, &Session::modelChanged, this, &StatusLine::refresh);
    connect(&session, &Session::progressed, this, &StatusLine::showProgress);
    refresh();
}

void StatusLine::setReadout(const QString &text)
{
    m_pointed = text;
    showReadout();
}

void StatusLine::confirm(const QString &text)
{
    m_confirmation = text;
    m_confirming.start();
    showReadout();
}

void StatusLine::showReadout()
{
    m_readout->setText(m_confirming.isActive() ? m_confirmation : m_pointed);
}

void StatusLine::clearReadout()
{
    setReadout({});
}

void StatusLine::showProgress(int done, int count)
{
    m_progress->setRange(0, count);
    m_progress->setValue(done);
    m_activity->setText(QStringLiteral("%1 %2 / %3").arg(activity()).arg(done).arg(count));
}

QString StatusLine::activity() const
{
    if (m_session.isLoadingModel())
        return tr("Loading the model");
    if (m_session.isExplaining())
        return tr("Saliency");
    if (m_session.examiner().isRunning())
        return tr("Checking the map");
    if (m_session.ranking().isRunning())
        return tr("Sorting by gradient × value");
    if (m_session.lesions().isMeasuring())
        return tr("Without block");
    if (m_session.comparer().isRunning())
        return tr("Comparing");
    if (m_session.exporter().isSaving())
        return tr("Saving");
    return m_session.state() == Session::State::Running ? tr("Block") : tr("Reading the picture");
}

QString StatusLine::summary() const
{
    if (m_session.state() == Session::State::Cancelled)
        return tr("Cancelled");
    const AnswerPtr answer = m_session.answer();
    if (m_session.state() != Session::State::Answered || !m_session.model())
        return {};
    const ModelSummary &model = *m_session.model();
    return tr("%1 · %2 · %3")
        .arg(model.embedded ? tr("embedded model") : QString::fromStdString(model.info.name),
             describePreparation(m_session.preparation()), formatDuration(answer->milliseconds));
}

void StatusLine::refresh()
{
    const bool busy = m_session.isBusy();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_activity, m_progress, m_cancel})
        widget->setVisible(busy);
    if (busy && m_session.state() != Session::State::Running) {
        m_activity->setText(activity());
        m_progress->setRange(0, 1);
        m_progress->setValue(0);
    }
    m_summary->setText(summary());
    m_summary->setVisible(!busy);
}

} // namespace reslens
