// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/quiet_plot.h"

#include "ui/theme/appearance.h"

#include <qcustomplot.h>

namespace reslens {

void makeQuiet(QCustomPlot &plot)
{
    plot.plotLayout()->setMargins({});
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
