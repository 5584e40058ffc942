// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/explainer.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace reslens {

class ContributionChart;
class ContributionModel;

/// What each residual block adds to the explained logit, and how it all adds up, as a chart or as a table.
/// There only while a map with such scores is shown.
class ContributionPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ContributionPanel(Explainer &explainer, QWidget *parent = nullptr);

signals:
    /// What lies under the pointer, in words.
    void pointed(const QString &readout);

private:
    void refresh();

    Explainer &m_explainer;
    QLabel *m_title;
    QLabel *m_sum;
    QToolButton *m_stacks;
    QToolButton *m_asTable;
    ContributionChart *m_chart;
    ContributionModel *m_model;
    QTableView *m_table;
    QStackedWidget *m_pages;
};

/// "stem 19.29 + blocks −4.67 + biases −9.56 = 5.05"; for other methods what their scores are.
QString describeSum(const Explanation &explanation);

} // namespace reslens
