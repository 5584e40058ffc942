// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"
#include "ui/trust/verdicts.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace reslens {

class ChartPanel;
class ElidedLabel;
class VerdictRow;

/// How far the map over the picture can be trusted: checks that are run when asked for, each with what it
/// means in plain words.
class TrustPage : public QWidget
{
    Q_OBJECT

public:
    explicit TrustPage(Session &session, QWidget *parent = nullptr);

private:
    QWidget *makeContent();
    /// The questions, each with what will be done, and the button that has it done.
    QWidget *makeOffer();
    QLayout *makeHeader();
    QWidget *makeFindings();
    /// A check whose result is a single figure; returns the place for what it means.
    QLabel *addFinding(QLayout *layout, CheckIndex index);
    void refresh();
    void say(const QString &sentence);
    void offer(const Answer &answer, const ExplanationPtr &explanation);
    void showCharts(const Examination &found, const Verdicts &verdicts);
    void showFindings(const Verdicts &verdicts);
    /// Of a check; if there is none yet, why.
    QString sentenceOf(const Verdict &verdict) const;

    Session &m_session;
    Examiner &m_examiner;
    QStackedWidget *m_stack;
    QLabel *m_count;
    ElidedLabel *m_subject;
    QToolButton *m_again;
    VerdictRow *m_verdicts;
    QLabel *m_message;
    QLabel *m_offer;
    QPushButton *m_start;
    ChartPanel *m_insertion;
    ChartPanel *m_deletion;
    ChartPanel *m_cascade;
    QLabel *m_randomLogit = nullptr;
    QLabel *m_sensitivity = nullptr;
    QLabel *m_lesions = nullptr;
};

} // namespace reslens
