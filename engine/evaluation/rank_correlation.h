// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace reslens {

/// The rank of each value, from 1 for the least; equal values share the mean of their ranks.
std::vector<double> averageRanks(std::span<const double> values);

/// Spearman's rank correlation, in [-1, 1]: Pearson's correlation of the ranks, ties included (Spearman
/// 1904). 0 where one side is constant and so ranks nothing. Both sides have the same length.
double rankCorrelation(std::span<const double> a, std::span<const double> b);
double rankCorrelation(std::span<const float> a, std::span<const float> b);

} // namespace reslens
