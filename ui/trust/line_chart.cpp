// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trust/line_chart.h"

#include "ui/base/format.h"
#include "ui/theme/appearance.h"
#include "ui/widgets/chart_menu.h"
#include "ui/widgets/quiet_plot.h"

#include <QEvent>
#include <QVBoxLayout>
#include <qcustomplot.h>

namespace reslens {

LineChart::LineChart(const QString &accessibleName, const QString &fileName, QWidget *parent)
    : QWidget(parent), m_plot(new QCustomPlot), m_title(new QCPItemText(m_plot))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::TabFocus);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_plot->plotLayout()->setRowSpacing(0);
    m_plot->yAxis->ticker()->setTickCount(4);
    makeQuiet(*m_plot);
    // The least number of the one axis stands beside the first of the other.
    m_plot->xAxis->setTickLabelPadding(Grid);
    m_plot->xAxis->setLabelPadding(0);
    m_title->setClipToAxisRect(false);
    m_title->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    m_title->position->setTypeX(QCPItemPosition::ptViewportRatio);
    m_title->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_title->position->setCoords(0, 0);
    // Below the lines, where nothing can be in its way.
    QCPLegend *legend = m_plot->legend;
    m_plot->axisRect()->insetLayout()->take(legend);
    m_plot->plotLayout()->addElement(1, 0, legend);
    m_plot->plotLayout()->setRowStretchFactor(1, 0.001);
    legend->setFillOrder(QCPLayoutGrid::foColumnsFirst);
    legend->setBorderPen(Qt::NoPen);
    legend->setBrush(Qt::NoBrush);
    legend->setMargins({0, 0, 0, 0});
    legend->setVisible(true);
    new ChartMenu(this, m_plot, fileName, [this] { return numbersOf(m_data); });
    recolour();
}

void LineChart::setData(const ChartData &shown)
{
    m_data = shown;
    rebuild();
}

QCPGraph *LineChart::addGraph(const std::vector<double> &values, double sign,
                              const std::vector<double> &deviation)
{
    QCPGraph *graph = m_plot->addGraph();
    for (std::size_t i = 0; i < values.size(); ++i)
        graph->addData(double(i), values[i] + (deviation.empty() ? 0 : sign * deviation[i]));
    return graph;
}

void LineChart::rebuild()
{
    // Nothing yet is no empty chart.
    m_plot->setVisible(!m_data.lines.empty());
    m_plot->clearGraphs();
    m_lines.clear();
    QStringList words;
    // The map's own line comes last and so lies above the others.
    for (auto line = m_data.lines.rbegin(); line != m_data.lines.rend(); ++line) {
        QCPGraph *upper = nullptr;
        if (!line->deviation.empty()) {
            upper = addGraph(line->values, 1, line->deviation);
            QCPGraph *lower = addGraph(line->values, -1, line->deviation);
            upper->setChannelFillGraph(lower);
            for (QCPGraph *edge : {upper, lower}) {
                edge->setPen(Qt::NoPen);
                edge->removeFromLegend();
            }
        }
        QCPGraph *graph = addGraph(line->values, 0, {});
        graph->setName(line->name);
        m_lines.push_back({graph, upper, line->isControl});
        for (std::size_t i = 0; i < line->values.size(); ++i)
            words << tr("%1, %2: %3").arg(line->name, m_data.places[i], formatFixed(line->values[i], 3));
    }
    auto marks = QSharedPointer<QCPAxisTickerText>::create();
    for (std::size_t i = 0; i < m_data.placeMarks.size(); ++i) {
        if (!m_data.placeMarks[i].isEmpty())
            marks->addTick(double(i), m_data.placeMarks[i]);
    }
    m_plot->xAxis->setTicker(marks);
    m_plot->xAxis->setLabel(m_data.placeTitle);
    m_title->setText(m_data.valueTitle);
    m_plot->xAxis->setRange(0, std::max(1.0, double(m_data.places.size()) - 1));
    m_plot->yAxis->setRange(m_data.low, m_data.high);
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    recolour();
}

void LineChart::recolour()
{
    const QColor quiet = quietText(palette());
    m_plot->setBackground(palette().window());
    for (const Line &line : m_lines) {
        line.graph->setPen(line.isControl ? QPen(quiet, 1.4, Qt::DashLine)
                                          : QPen(palette().color(QPalette::Highlight), 2.2));
        if (line.upper)
            line.upper->setBrush(faint(palette(), 0.09));
    }
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTickLabelColor(quiet);
        axis->setTickLabelFont(font());
        axis->setLabelColor(quiet);
        axis->setLabelFont(font());
    }
    m_title->setColor(quiet);
    m_title->setFont(font());
    fitMargins();
    m_plot->xAxis->setBasePen(hasFocus() ? QPen(palette().color(QPalette::Highlight), 2) : QPen(Qt::NoPen));
    m_plot->yAxis->grid()->setPen(QPen(faint(palette(), 0.09), 1));
    m_plot->yAxis->grid()->setZeroLinePen(QPen(faint(palette(), 0.45), 1));
    m_plot->legend->setTextColor(quiet);
    m_plot->legend->setFont(font());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LineChart::fitMargins()
{
    // Half of the highest number stands above its line, and the title above that; half of the last place
    // stands beside the chart, and is left out if it has no room there.
    const int above = fontMetrics().height() / 2 + 2;
    const QString last = m_data.placeMarks.empty() ? QString() : m_data.placeMarks.back();
    m_title->setPadding({0, 0, 0, above});
    m_plot->axisRect()->setMinimumMargins(
        {0, above + fontMetrics().height(), fontMetrics().horizontalAdvance(last) / 2 + Grid, 0});
}

void LineChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        recolour();
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

void LineChart::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    recolour();
}

void LineChart::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    recolour();
}

} // namespace reslens
