// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/trust/chart_data.h"

#include <QWidget>

class QCPGraph;
class QCPItemText;
class QCustomPlot;

namespace reslens {

/// Lines over the same places: the map's in the accent colour, what it is compared with dashed, deviations
/// as a band around their line.
class LineChart : public QWidget
{
    Q_OBJECT

public:
    /// `fileName` is for what is saved of it.
    LineChart(const QString &accessibleName, const QString &fileName, QWidget *parent = nullptr);

    void setData(const ChartData &shown);

    QSize sizeHint() const override { return minimumSizeHint().expandedTo({280, 0}); }
    /// As much for the lines as for all the words around them, however large these are.
    QSize minimumSizeHint() const override { return {160, 12 * fontMetrics().height()}; }

protected:
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void rebuild();
    void recolour();
    void fitMargins();
    QCPGraph *addGraph(const std::vector<double> &values, double sign, const std::vector<double> &deviation);

    struct Line
    {
        QCPGraph *graph;
        QCPGraph *upper; ///< of the band; null for none
        bool isControl;
    };

    QCustomPlot *m_plot;
    QCPItemText *m_title; ///< of the values, above their axis
    ChartData m_data;
    std::vector<Line> m_lines;
};

} // namespace reslens
