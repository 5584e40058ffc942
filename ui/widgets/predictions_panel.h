// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace reslens {

class TopChart;

/// The answer: the top five as a chart or as a table, or why there are none, and which model gave it.
class PredictionsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit PredictionsPanel(Session &session, QWidget *parent = nullptr);

signals:
    /// The user wants to see which classes the model knows.
    void classesRequested();

private:
    void refresh();
    void showModel();
    /// Whether the answer is more likely wrong than right, by its own account.
    bool isUnsure() const;
    void explain(int row);
    /// -1 if the map over the picture explains none of the five.
    int explainedRow() const;
    /// What to say in place of predictions; empty if there are some.
    QString message() const;

    Session &m_session;
    TopChart *m_chart;
    QTableView *m_table;
    QLabel *m_message;
    QLabel *m_model;
    QToolButton *m_classes;
    QStackedWidget *m_pages;
    QToolButton *m_asTable;
};

/// "reslens-tiny202.h5 · 202 classes · input 139 px"
QString describeModel(const ModelSummary &model);

} // namespace reslens
