// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/rank_correlation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace reslens {

std::vector<double> averageRanks(std::span<const double> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::sort(order, {}, [&](std::size_t index) { return values[index]; });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first + 1;
        while (end < order.size() && values[order[end]] == values[order[first]])
            ++end;
        for (std::size_t i = first; i < end; ++i)
            ranks[order[i]] = double(first + 1 + end) / 2;
        first = end;
    }
    return ranks;
}

double rankCorrelation(std::span<const double> a, std::span<const double> b)
{
    const std::vector<double> left = averageRanks(a);
    const std::vector<double> right = averageRanks(b);
    const double middle = double(a.size() + 1) / 2;
    double product = 0;
    double leftSquares = 0;
    double rightSquares = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        product += (left[i] - middle) * (right[i] - middle);
        leftSquares += (left[i] - middle) * (left[i] - middle);
        rightSquares += (right[i] - middle) * (right[i] - middle);
    }
    const double scale = std::sqrt(leftSquares * rightSquares);
    return scale > 0 ? product / scale : 0;
}

double rankCorrelation(std::span<const float> a, std::span<const float> b)
{
    return rankCorrelation(std::vector<double>(a.begin(), a.end()), std::vector<double>(b.begin(), b.end()));
}

} // namespace reslens
