// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/quiet_plot.h"

#include "ui/theme/appearance.h"

#include <algorithm>
#include <cmath>
#include <qcustomplot.h>

namespace reslens {
namespace {

/// Writes numbers as the rest of the window does.
class NumberTicker : public QCPAxisTicker
{
protected:
    QString getTickLabel(double tick, const QLocale &locale, QChar form, int precision) override
    {
        return QCPAxisTicker::getTickLabel(tick, locale, form, precision).replace(u'-', QChar(0x2212));
    }
};

/// There is nothing between two places.
class PlaceTicker : public QCPAxisTicker
{
protected:
    double getTickStep(const QCPRange &range) override
    {
        return std::max(1.0, std::round(QCPAxisTicker::getTickStep(range)));
    }
};

} // namespace

void writeNumbers(QCPAxis &axis)
{
    auto ticker = QSharedPointer<NumberTicker>::create();
    ticker->setTickCount(axis.ticker()->tickCount());
    axis.setTicker(ticker);
}

void writePlaces(QCPAxis &axis)
{
    axis.setTicker(QSharedPointer<PlaceTicker>::create());
}

void makeQuiet(QCustomPlot &plot)
{
    plot.plotLayout()->setMargins({});
    writeNumbers(*plot.yAxis);
    for (QCPAxis *axis : {plot.xAxis, plot.yAxis}) {
        axis->setTickLength(0);
        axis->setSubTicks(false);
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
    }
    plot.xAxis->setTickLabelPadding(2);
    plot.yAxis->setTickLabelPadding(Grid / 2);
    plot.xAxis->grid()->setVisible(false);
}

} // namespace reslens
