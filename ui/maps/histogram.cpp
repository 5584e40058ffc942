// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/histogram.h"

#include "ui/theme/appearance.h"

#include <QEvent>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <qcustomplot.h>

namespace reslens {
namespace {

/// Few enough bins for their heights to mean something.
int binsFor(std::size_t values)
{
    return std::clamp(int(2 * std::sqrt(double(values))), 8, 48);
}

QCPItemStraightLine *addLine(QCustomPlot *plot)
{
    auto *line = new QCPItemStraightLine(plot);
    for (QCPItemPosition *point : {line->point1, line->point2}) {
        point->setTypeX(QCPItemPosition::ptPlotCoords);
        point->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    return line;
}

void moveLine(QCPItemStraightLine *line, double value)
{
    line->point1->setCoords(value, 0);
    line->point2->setCoords(value, 1);
}

} // namespace

std::vector<int> countValues(const TensorView &channel, float low, float high, int bins)
{
    std::vector<int> counts(std::size_t(bins), 0);
    for (int y = 0; y < channel.shape.height; ++y) {
        for (int x = 0; x < channel.shape.width; ++x) {
            const float value = *channel.at(y, x);
            if (value == 0 || !(value >= low && value <= high))
                continue;
            const int bin = int(positionInRange(value, low, high) * float(bins));
            ++counts[std::size_t(std::min(bin, bins - 1))];
        }
    }
    return counts;
}

Histogram::Histogram(QWidget *parent) : QWidget(parent), m_plot(new QCustomPlot)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_plot->plotLayout()->setMargins({});
    m_plot->axisRect()->setAutoMargins(QCP::msBottom);
    m_plot->axisRect()->setMargins(QMargins(Grid, 2, Grid, 0));
    m_plot->yAxis->setVisible(false);
    m_plot->xAxis->grid()->setVisible(false);
    m_plot->xAxis->setSubTicks(false);
    m_plot->xAxis->setTickLength(0, 3);
    m_plot->xAxis->setTickLabelPadding(2);
    m_plot->xAxis->ticker()->setTickCount(4);
    m_bars = new QCPBars(m_plot->xAxis, m_plot->yAxis);
    m_bars->setPen(Qt::NoPen);
    m_bars->setAntialiased(false);
    m_low = addLine(m_plot);
    m_high = addLine(m_plot);
    setAccessibleName(tr("Histogram of the channel's values"));
    setToolTip(tr("How often each value occurs; exact zeros are left out. The lines are the limits of the "
                  "colours."));
    recolour();
}

void Histogram::setChannel(const TensorView &channel, float minimum, float maximum, const ColorScale &scale)
{
    const int bins = binsFor(channel.shape.positions());
    const std::vector<int> counts = countValues(channel, minimum, maximum, bins);
    const double extent = std::max(double(maximum) - double(minimum), 1e-9);
    const double width = extent / bins;
    QVector<double> keys, values;
    for (int bin = 0; bin < bins; ++bin) {
        keys << double(minimum) + (bin + 0.5) * width;
        values << counts[std::size_t(bin)];
    }
    m_bars->setWidth(width);
    m_bars->setData(keys, values, true);
    m_plot->xAxis->setRange(double(minimum) - extent / 50, double(maximum) + extent / 50);
    m_plot->yAxis->setRange(0, std::max(1.0, 1.05 * *std::max_element(values.begin(), values.end())));
    moveLine(m_low, double(scale.low));
    moveLine(m_high, double(scale.high));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void Histogram::recolour()
{
    const QColor quiet = quietText(palette());
    m_plot->setBackground(palette().window());
    m_bars->setBrush(blend(palette().color(QPalette::Window), quiet, 0.6));
    m_plot->xAxis->setBasePen(QPen(faint(palette(), 0.3)));
    m_plot->xAxis->setTickPen(QPen(faint(palette(), 0.3)));
    m_plot->xAxis->setTickLabelColor(quiet);
    m_plot->xAxis->setTickLabelFont(font());
    for (QCPItemStraightLine *line : {m_low, m_high})
        line->setPen(QPen(palette().color(QPalette::Highlight), 1.5));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void Histogram::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        recolour();
}

} // namespace reslens
