// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/lesion_study.h"

#include <QWidget>

class QLabel;
class QTableView;
class QToolButton;

namespace reslens {

/// What the explained logit loses without each block, beside the direct path's attribution, and how far the
/// two agree. Has it measured when it is first seen with an answer.
class DropPanel : public QWidget
{
    Q_OBJECT

public:
    explicit DropPanel(LesionStudy &study, QWidget *parent = nullptr);

signals:
    /// The user picked a row.
    void chosen(const QString &block);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();

    LesionStudy &m_study;
    QLabel *m_result;
    QToolButton *m_measure;
    QTableView *m_table;
    QLabel *m_caveat;
};

/// "Rank correlation 0.41", or how far the measuring is.
QString describeAgreement(const LesionStudy &study);

} // namespace reslens
