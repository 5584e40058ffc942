// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/ink.h"

#include "ui/theme/appearance.h"

#include <algorithm>
#include <cmath>

namespace reslens {
namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    return 0.2126 * linear(double(colour.redF())) + 0.7152 * linear(double(colour.greenF())) +
           0.0722 * linear(double(colour.blueF()));
}

} // namespace

double contrast(const QColor &first, const QColor &second)
{
    const auto [low, high] = std::minmax({luminance(first), luminance(second)});
    return (high + 0.05) / (low + 0.05);
}

QColor inkOn(const QColor &colour)
{
    return contrast(colour, Qt::black) > contrast(colour, Qt::white) ? Qt::black : Qt::white;
}

QColor readableOn(const QColor &ground, const QColor &colour)
{
    constexpr double enough = 4.5;
    constexpr int steps = 50;
    const QColor end = inkOn(ground);
    QColor found = colour;
    for (int step = 1; step <= steps && contrast(ground, found) < enough; ++step)
        found = blend(colour, end, double(step) / steps);
    return found;
}

} // namespace reslens
