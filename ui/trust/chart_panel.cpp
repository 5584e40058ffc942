// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trust/chart_panel.h"

#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/trust/line_chart.h"
#include "ui/widgets/quiet_table.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

namespace reslens {

ChartPanel::ChartPanel(const Check &check, const QString &fileName, QWidget *parent)
    : QWidget(parent), m_chart(new LineChart(tr("Chart: %1").arg(check.question), fileName)),
      m_table(quietTable(tableOf({}, this), tr("Table: %1").arg(check.question), 0)),
      m_stack(new QStackedWidget), m_switch(tableButton()), m_sentence(new QLabel)
{
    QLabel *heading = headingLabel(check.question);
    heading->setToolTip(check.help);
    m_switch->setToolTip(tr("The figures behind the chart"));
    m_switch->setAccessibleName(tr("Table behind the chart: %1").arg(check.question));
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignTop);
    m_sentence->setToolTip(check.help);
    // Room for the longest sentence, so that charts beside each other end at one height.
    m_sentence->setMinimumHeight(3 * m_sentence->fontMetrics().lineSpacing());
    m_stack->addWidget(m_chart);
    m_stack->addWidget(m_table);

    auto *header = new QHBoxLayout;
    header->addWidget(heading, 1);
    header->addWidget(m_switch);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid / 2);
    layout->addLayout(header);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_sentence);
    connect(m_switch, &QToolButton::toggled, m_stack, &QStackedWidget::setCurrentIndex);
}

void ChartPanel::setResult(const ChartData &shown, const QString &sentence)
{
    m_chart->setData(shown);
    QAbstractItemModel *old = m_table->model();
    m_table->setModel(tableOf(shown, this));
    delete old;
    m_sentence->setText(sentence);
    m_switch->setEnabled(true);
}

void ChartPanel::setWaiting(const QString &sentence)
{
    setResult({}, sentence);
    m_switch->setEnabled(false);
}

} // namespace reslens
