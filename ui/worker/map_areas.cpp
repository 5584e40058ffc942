// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/map_areas.h"

namespace reslens {

QRectF coveredArea(const MapGeometry &geometry, QPoint first, QSize positions)
{
    return {geometry.originX + (first.x() - 0.5) * geometry.step,
            geometry.originY + (first.y() - 0.5) * geometry.step, positions.width() * geometry.step,
            positions.height() * geometry.step};
}

QRectF fieldOf(const BlockMaps &maps, const BlockMaps::Map &map, QPoint unit)
{
    const Region region =
        receptiveField(maps.model->description, maps.model->shapes, map.node, unit.y(), unit.x());
    return {QPointF(region.left, region.top), QPointF(region.right, region.bottom)};
}

} // namespace reslens
