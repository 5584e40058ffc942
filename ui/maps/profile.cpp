// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/profile.h"

#include "ui/theme/appearance.h"
#include "ui/widgets/quiet_plot.h"

#include <qcustomplot.h>

namespace reslens {

QPoint greatestPosition(const TensorView &channel)
{
    QPoint greatest(0, 0);
    for (int y = 0; y < channel.shape.height; ++y)
        for (int x = 0; x < channel.shape.width; ++x)
            if (*channel.at(y, x) > *channel.at(greatest.y(), greatest.x()))
                greatest = {x, y};
    return greatest;
}

Profile::Profile(QWidget *parent)
    : SmallPlot(tr("Profile of the channel along a row and a column"), QStringLiteral("profile"), parent),
      m_row(plot()->addGraph()), m_column(plot()->addGraph()), m_mark(plot()->addGraph())
{
    plot()->axisRect()->setAutoMargins(QCP::msBottom | QCP::msLeft);
    plot()->axisRect()->setMargins(QMargins(0, 2, Grid, 0));
    plot()->yAxis->setNumberFormat(QStringLiteral("gb"));
    plot()->yAxis->setNumberPrecision(3);
    writePlaces(*plot()->xAxis);
    m_mark->setLineStyle(QCPGraph::lsNone);
    setToolTip(tr("The values along the row (full line) and the column (broken line) through the unit under "
                  "the pointer; without one, through the greatest value"));
}

void Profile::setChannel(const BlockMapsPtr &maps, const TensorView &channel, float minimum, float maximum)
{
    m_maps = maps;
    m_channel = channel;
    m_greatest = greatestPosition(channel);
    const double extent = std::max(double(maximum) - double(minimum), 1e-9);
    plot()->yAxis->setRange(double(minimum) - extent / 20, double(maximum) + extent / 20);
    plot()->xAxis->setRange(-0.5, std::max(channel.shape.width, channel.shape.height) - 0.5);
    if (m_unit && !QRect(0, 0, channel.shape.width, channel.shape.height).contains(*m_unit))
        m_unit.reset();
    rebuild();
}

void Profile::setUnit(std::optional<QPoint> unit)
{
    if (unit == m_unit)
        return;
    m_unit = unit;
    rebuild();
}

void Profile::rebuild()
{
    if (!m_maps)
        return;
    const auto [column, row] = std::pair(unit().x(), unit().y());
    QVector<double> keys, across, down;
    for (int x = 0; x < m_channel.shape.width; ++x)
        across << double(*m_channel.at(row, x));
    for (int y = 0; y < m_channel.shape.height; ++y)
        down << double(*m_channel.at(y, column));
    for (int i = 0; i < std::max(across.size(), down.size()); ++i)
        keys << i;
    m_row->setData(keys.first(across.size()), across, true);
    m_column->setData(keys.first(down.size()), down, true);
    const double value = across[column];
    m_mark->setData({double(column), double(row)}, {value, value});
    setCaption(tr("— row %1  ╌ column %2").arg(row).arg(column));
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

ChartTable Profile::table() const
{
    ChartTable table{{tr("position"), tr("row %1").arg(unit().y()), tr("column %1").arg(unit().x())}, {}};
    const Shape &shape = m_channel.shape;
    for (int i = 0; i < std::max(shape.width, shape.height); ++i)
        table.rows.push_back(
            {QString::number(i),
             i < shape.width ? exactNumber(double(*m_channel.at(unit().y(), i))) : QString(),
             i < shape.height ? exactNumber(double(*m_channel.at(i, unit().x()))) : QString()});
    return table;
}

void Profile::recolour()
{
    const QColor accent = palette().color(QPalette::Highlight);
    const QColor quiet = quietText(palette());
    m_row->setPen(QPen(accent, 1.5));
    m_column->setPen(QPen(quiet, 1.5, Qt::DashLine));
    m_mark->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, palette().color(QPalette::WindowText), 6));
    SmallPlot::recolour();
}

} // namespace reslens
