// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRectF>
#include <QString>
#include <functional>
#include <optional>

namespace reslens {

/// What lies over the picture. All rectangles are in pixels of the network's input, wherever that lies on the
/// picture.
struct PhotoOverlay
{
    QImage map;     ///< null: no map
    QRectF mapArea; ///< the part of the input that the map covers
    double opacity = 0.5;
    bool smooth = false;         ///< the map is enlarged without hard pixel edges
    std::optional<QRectF> unit;  ///< the patch of a picked unit
    std::optional<QRectF> field; ///< its receptive field
    QString caption;             ///< what all this is, in words
    /// The map's value at a point of the network's input, in words.
    std::function<QString(const QPointF &)> valueAt = {};
};

} // namespace reslens
