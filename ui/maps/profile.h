// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/maps/small_plot.h"
#include "ui/worker/results.h"

#include <QPoint>

class QCPGraph;

namespace reslens {

/// The position of a one-channel map's greatest value, the first of several, as (column, row).
QPoint greatestPosition(const TensorView &channel);

/// A channel's values along the row and the column through one unit.
class Profile : public SmallPlot
{
    Q_OBJECT

public:
    explicit Profile(QWidget *parent = nullptr);

    /// Stays with the unit if the map has one there, otherwise goes to its greatest value. `minimum` and
    /// `maximum` are those of the channel; the maps are kept as long as they are shown.
    void setChannel(const BlockMapsPtr &maps, const TensorView &channel, float minimum, float maximum);
    /// The unit as (column, row); nothing: the channel's greatest value.
    void setUnit(std::optional<QPoint> unit);

    ChartTable table() const override;

protected:
    void recolour() override;

private:
    void rebuild();
    QPoint unit() const { return m_unit.value_or(m_greatest); }

    BlockMapsPtr m_maps; ///< keeps the values alive
    TensorView m_channel;
    QPoint m_greatest;
    std::optional<QPoint> m_unit;
    QCPGraph *m_row;
    QCPGraph *m_column;
    QCPGraph *m_mark; ///< the unit itself, on both lines
};

} // namespace reslens
