// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/trust/chart_data.h"
#include "ui/trust/checks.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace reslens {

class LineChart;

/// A check with a chart: its question, the chart or the table behind it, and what it means in a sentence.
class ChartPanel : public QWidget
{
    Q_OBJECT

public:
    /// `fileName` is for what is saved of the chart.
    ChartPanel(const Check &check, const QString &fileName, QWidget *parent = nullptr);

    void setResult(const ChartData &shown, const QString &sentence);
    /// As long as there is nothing to show.
    void setWaiting(const QString &sentence);

private:
    LineChart *m_chart;
    QTableView *m_table;
    QStackedWidget *m_stack;
    QToolButton *m_switch;
    QLabel *m_sentence;
};

} // namespace reslens
