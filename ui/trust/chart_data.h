// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/chart_menu.h"
#include "ui/worker/examination.h"

#include <QString>
#include <vector>

class QAbstractItemModel;
class QObject;

namespace reslens {

/// Values over the same places, as a chart draws them and the table behind it lists them.
struct ChartData
{
    struct Line
    {
        QString name;
        std::vector<double> values;    ///< one a place
        std::vector<double> deviation; ///< of the values; empty for none
        bool isControl = false;        ///< what the map is to be compared with
    };

    QString placeTitle;              ///< "share of the picture shown"
    QString valueTitle;              ///< "probability of espresso"
    std::vector<QString> places;     ///< "0 %", "6 %", …
    std::vector<QString> placeMarks; ///< under the chart, as short as needed; empty for places without
    std::vector<Line> lines;
    double low = 0;
    double high = 1;
};

/// The class's probability while the picture comes or goes.
ChartData chartOf(const Examination::Game &game, const QString &placeTitle, const QString &valueTitle);

/// How much of the map is left while the network loses its weights from its end.
ChartData chartOf(const std::vector<CascadeStage> &cascade);

/// A row a place, a column a line and one for its deviation.
ChartTable numbersOf(const ChartData &data);

/// A row a place, a column a line.
QAbstractItemModel *tableOf(const ChartData &data, QObject *parent);

} // namespace reslens
