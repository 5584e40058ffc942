// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QProgressBar;
class QToolButton;

namespace reslens {

/// The foot of the window: what is under the pointer, progress with a count, and what produced the answer.
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    StatusLine(Session &session, QAction *cancel, QWidget *parent = nullptr);

    void setReadout(const QString &text);
    /// Says for a few seconds what has been done, before what is under the pointer.
    void confirm(const QString &text);
    void clearReadout();

private:
    void showReadout();
    void refresh();
    void showProgress(int done, int count);
    QString activity() const;
    QString summary() const;

    Session &m_session;
    QString m_pointed;
    QString m_confirmation;
    QTimer m_confirming;
    QLabel *m_readout;
    QLabel *m_activity;
    QProgressBar *m_progress;
    QToolButton *m_cancel;
    QLabel *m_summary;
};

} // namespace reslens
