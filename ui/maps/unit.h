// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/results.h"

#include <QPoint>

namespace reslens {

/// "block17_3/residual/ch37"
QString channelAddress(const BlockMaps::Map &map, int channel);

/// "block17_3/residual/ch37@(8,5)": row and column of the position, counted from the top left; `position` is
/// (column, row).
QString unitAddress(const BlockMaps::Map &map, int channel, QPoint position);

/// The unit's address and its value in full precision: "block17_3/residual/ch37@(8,5) = 0.12345679".
QString unitReadout(const BlockMaps::Map &map, int channel, QPoint position);

/// What the frames over the picture mean while this unit is looked at.
QString describeFrames(const BlockMaps &maps, const BlockMaps::Map &map, int channel, QPoint position);

/// An address as people type it: "block17_3", "block17_3/residual", "block17_3/residual/ch37" or
/// "block17_3/residual/ch37@(8,5)".
struct TypedAddress
{
    QString block;
    QString tensor;                      ///< empty if none is named
    int channel = -1;                    ///< -1 if none is named
    std::optional<QPoint> position = {}; ///< (column, row)

    /// Nothing if the text has another form.
    static std::optional<TypedAddress> parse(const QString &text);
};

} // namespace reslens
