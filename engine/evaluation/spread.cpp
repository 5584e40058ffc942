// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/spread.h"

#include <cmath>
#include <numeric>

namespace reslens {

double Spread::standardError() const
{
    return count > 0 ? deviation / std::sqrt(double(count)) : 0;
}

Spread spreadOf(std::span<const double> values)
{
    Spread spread;
    spread.count = int(values.size());
    if (values.empty())
        return spread;
    spread.mean = std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
    double squares = 0;
    for (const double value : values)
        squares += (value - spread.mean) * (value - spread.mean);
    if (values.size() > 1)
        spread.deviation = std::sqrt(squares / double(values.size() - 1));
    return spread;
}

} // namespace reslens
