// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace reslens {

class ChartPanel;
class ElidedLabel;

/// How far the map over the picture can be trusted: checks that are run when asked for, each with what it
/// means in plain words.
class TrustPage : public QWidget
{
    Q_OBJECT

public:
    explicit TrustPage(Session &session, QWidget *parent = nullptr);

private:
    QWidget *makeContent();
    QWidget *makeInvitation();
    QLayout *makeHeader();
    QWidget *makeFindings();
    /// A check whose result is a single figure; returns the place for what it means.
    QLabel *addFinding(QLayout *layout, const QString &title, const QString &tip);
    void refresh();
    void invite(const QString &sentence, const QString &action);
    void showCharts(const Examination &found);
    void showFindings(const Examination &found);
    /// What stands where a result will.
    QString waiting() const;

    Session &m_session;
    Examiner &m_examiner;
    QStackedWidget *m_stack;
    ElidedLabel *m_subject;
    QToolButton *m_again;
    QLabel *m_invitation;
    QPushButton *m_start;
    ChartPanel *m_insertion;
    ChartPanel *m_deletion;
    ChartPanel *m_cascade;
    QLabel *m_randomLogit = nullptr;
    QLabel *m_sensitivity = nullptr;
    QLabel *m_lesions = nullptr;
};

} // namespace reslens
