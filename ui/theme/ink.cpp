// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/ink.h"

#include <cmath>

namespace reslens {
namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

} // namespace

QColor inkOn(const QColor &colour)
{
    const double luminance = 0.2126 * linear(double(colour.redF())) +
                             0.7152 * linear(double(colour.greenF())) +
                             0.0722 * linear(double(colour.blueF()));
    const double againstBlack = (luminance + 0.05) / 0.05;
    const double againstWhite = 1.05 / (luminance + 0.05);
    return againstBlack > againstWhite ? Qt::black : Qt::white;
}

} // namespace reslens
