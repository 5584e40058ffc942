// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/histogram.h"

#include "ui/theme/appearance.h"

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

Histogram::Histogram(QWidget *parent)
    : SmallPlot(tr("Histogram of the channel's values"), QStringLiteral("histogram"), parent),
      m_bars(new QCPBars(plot()->xAxis, plot()->yAxis)), m_low(addLine(plot())), m_high(addLine(plot()))
{
    plot()->axisRect()->setAutoMargins(QCP::msBottom);
    plot()->axisRect()->setMargins(QMargins(Grid, 2, Grid, 0));
    plot()->yAxis->setVisible(false);
    m_bars->setPen(Qt::NoPen);
    m_bars->setAntialiased(false);
    setCaption(tr("Distribution"));
    setToolTip(tr("How often each value occurs; exact zeros are left out. A line is a limit of the "
                  "colours that cuts values off."));
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
    plot()->xAxis->setRange(double(minimum) - extent / 50, double(maximum) + extent / 50);
    plot()->yAxis->setRange(0, std::max(1.0, 1.05 * *std::max_element(values.begin(), values.end())));
    moveLine(m_low, double(scale.low));
    moveLine(m_high, double(scale.high));
    // Where the colours reach to the last value there is no limit to show.
    m_low->setVisible(scale.low > minimum);
    m_high->setVisible(scale.high < maximum);
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

ChartTable Histogram::table() const
{
    ChartTable table{{tr("from"), tr("to"), tr("values")}, {}};
    const double half = m_bars->width() / 2;
    for (const QCPBarsData &bar : *m_bars->data())
        table.rows.push_back(
            {exactNumber(bar.key - half), exactNumber(bar.key + half), QString::number(bar.value)});
    return table;
}

void Histogram::recolour()
{
    m_bars->setBrush(blend(palette().color(QPalette::Window), quietText(palette()), 0.6));
    for (QCPItemStraightLine *line : {m_low, m_high})
        line->setPen(QPen(palette().color(QPalette::Highlight), 1.5));
    SmallPlot::recolour();
}

} // namespace reslens
