// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"

#include <vector>

namespace reslens {

/// Rows [top, bottom) and columns [left, right) of a map or of the input image, in its pixels.
struct Region
{
    int top = 0;
    int left = 0;
    int bottom = 0;
    int right = 0;

    int height() const { return bottom - top; }
    int width() const { return right - left; }
    bool operator==(const Region &) const = default;
};

/// Where a map's positions lie on the input image: position (y, x) is centred on the point
/// (originY + y·step, originX + x·step), in pixels, the centre of the top left pixel being (0.5, 0.5).
/// Windows without padding (VALID) push the origin inwards, strides multiply the step (Dumoulin & Visin
/// 2016).
struct MapGeometry
{
    double originY = 0.5;
    double originX = 0.5;
    double step = 1;

    bool operator==(const MapGeometry &) const = default;
};

/// Geometry of every node's output; `shapes` as from inferShapes(). For the pooled vectors of the top it is
/// that of the whole image.
std::vector<MapGeometry> mapGeometries(const Description &description, const std::vector<Shape> &shapes);

/// The theoretical receptive field of a unit (Araujo et al. 2019): the smallest rectangle of input pixels
/// outside which no pixel has any influence on the node's output at (y, x), clipped to the image. Every
/// channel of a concatenation is given the widest branch's field. Throws Error(InvalidArgument) if there is
/// no such position.
Region receptiveField(const Description &description, const std::vector<Shape> &shapes, int node, int y,
                      int x);

} // namespace reslens
