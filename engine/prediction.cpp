// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/prediction.h"

#include <algorithm>
#include <numeric>

namespace reslens {

std::vector<Prediction> topK(const RunResult &result, int k)
{
    std::vector<int> order(result.logits.size());
    std::iota(order.begin(), order.end(), 0);
    const auto count = std::min(order.size(), std::size_t(std::max(0, k)));
    std::ranges::partial_sort(order, order.begin() + std::ptrdiff_t(count), [&](int a, int b) {
        const float left = result.logits[std::size_t(a)];
        const float right = result.logits[std::size_t(b)];
        return left != right ? left > right : a < b;
    });
    std::vector<Prediction> top;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t index = std::size_t(order[i]);
        top.push_back({order[i], result.probabilities[index], result.logits[index]});
    }
    return top;
}

} // namespace reslens
