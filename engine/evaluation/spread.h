// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace reslens {

/// What several figures of the same kind have in common.
struct Spread
{
    double mean = 0;
    double deviation = 0; ///< standard deviation of a sample: 0 for fewer than two
    int count = 0;

    /// Of the mean: deviation / √count; 0 for none.
    double standardError() const;
};

Spread spreadOf(std::span<const double> values);

} // namespace reslens
