// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model_page/official_file.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace reslens {

/// One of the official files: what it is, whether it is here, and what can be done about that.
class OfficialPanel : public QWidget
{
    Q_OBJECT

public:
    /// `title` says what is in the file.
    OfficialPanel(OfficialFile *file, const QString &title, QWidget *parent = nullptr);

signals:
    void modelChosen(const QString &path);

private:
    void refresh();
    void locate();

    OfficialFile *m_file;
    QLabel *m_state;
    QLabel *m_remark;
    QProgressBar *m_progress;
    QToolButton *m_use;
    QToolButton *m_fetch;
    QToolButton *m_cancel;
    QToolButton *m_locate;
};

/// In a sentence, where the file is and whether it is what it should be.
QString describeState(const OfficialFile &file);

} // namespace reslens
