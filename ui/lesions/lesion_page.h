// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace reslens {

class ScaleBoard;
class ScaleControls;
class TopChart;

/// Residual blocks turned off, down and up, and what the network sees then, beside what it sees with all of
/// them; what the logit loses without each; how the classes grow over the last blocks.
class LesionPage : public QWidget
{
    Q_OBJECT

public:
    explicit LesionPage(Session &session, QWidget *parent = nullptr);

signals:
    /// What lies under the pointer, in words; empty when it leaves.
    void pointed(const QString &readout);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeContent();
    QLayout *makeHeader();
    QWidget *makeAnswer();
    QWidget *makeDetails();
    void connectParts();
    void refresh();
    /// Why there is nothing to see; empty if there is something.
    QString message() const;

    Session &m_session;
    LesionStudy &m_study;
    PredictionModel *m_top;
    QLabel *m_state;
    QLabel *m_warning;
    QToolButton *m_reset;
    ScaleBoard *m_board;
    ScaleControls *m_controls;
    TopChart *m_chart;
    QLabel *m_legend;
    QLabel *m_logit;
    QLabel *m_message;
    QStackedWidget *m_stack;
    AnswerPtr m_shownOutcome;
    AnswerPtr m_shownIntact;
};

/// "3 of 40 blocks changed"
QString describeLesions(const LesionSet &lesions);

/// "espresso: logit 5.05 → 3.20 (−1.85)"
QString describeLogit(const LesionStudy &study);

} // namespace reslens
