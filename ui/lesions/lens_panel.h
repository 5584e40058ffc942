// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/lesion_study.h"

#include <QWidget>

class QComboBox;
class QStackedWidget;

namespace reslens {

class LensChart;
class LensModel;

/// How the classes grow over the last blocks, as lines or as a table, in logits or probabilities.
class LensPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LensPanel(LesionStudy &study, QWidget *parent = nullptr);

signals:
    /// What lies under the pointer, in words; empty when it leaves.
    void pointed(const QString &readout);

private:
    void refresh();

    LesionStudy &m_study;
    QComboBox *m_scale;
    LensChart *m_chart;
    LensModel *m_model;
    QStackedWidget *m_pages;
};

} // namespace reslens
