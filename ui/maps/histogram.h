// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/colormap.h"
#include "engine/tensor.h"
#include "ui/maps/small_plot.h"

#include <vector>

class QCPBars;
class QCPItemStraightLine;

namespace reslens {

/// How many values of a one-channel map fall into each of `bins` equal parts of [low, high], the last one
/// closed. Values outside are not counted, and neither are exact zeros: after a ReLU they would dwarf the
/// rest. Without extent, everything is in the first bin.
std::vector<int> countValues(const TensorView &channel, float low, float high, int bins);

/// The distribution of a channel's values, with the limits of its colour scale.
class Histogram : public SmallPlot
{
    Q_OBJECT

public:
    explicit Histogram(QWidget *parent = nullptr);

    /// `minimum` and `maximum` are those of the channel.
    void setChannel(const TensorView &channel, float minimum, float maximum, const ColorScale &scale);

    ChartTable table() const override;

protected:
    void recolour() override;

private:
    QCPBars *m_bars;
    QCPItemStraightLine *m_low;
    QCPItemStraightLine *m_high;
};

} // namespace reslens
