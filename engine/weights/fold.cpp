// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/fold.h"

#include <Eigen/Core>

namespace reslens {

namespace {

constexpr float batchNormalizationEpsilon = 1e-3F;

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Row = Eigen::Map<const Eigen::Array<float, 1, Eigen::Dynamic>>;

} // namespace

void foldLayer(const Node &node, const LayerWeights &weights, float *kernel, std::ptrdiff_t columns,
               float *bias)
{
    const Eigen::Index filters = node.filters;
    const Eigen::Index depth = Eigen::Index(weights.kernel.size()) / filters;
    const Eigen::Map<const RowMajor> from(weights.kernel.data(), depth, filters);
    Eigen::Map<RowMajor, 0, Eigen::OuterStride<>> to(kernel, depth, filters, Eigen::OuterStride<>(columns));
    Eigen::Map<Eigen::Array<float, 1, Eigen::Dynamic>> shift(bias, filters);

    if (node.batchNormalization) {
        Eigen::Array<float, 1, Eigen::Dynamic> factor =
            (Row(weights.variance.data(), filters) + batchNormalizationEpsilon).rsqrt();
        if (!weights.gamma.empty())
            factor *= Row(weights.gamma.data(), filters);
        shift = Row(weights.beta.data(), filters) - Row(weights.mean.data(), filters) * factor;
        to = (from.array().rowwise() * factor).matrix();
    } else {
        shift = node.scale * Row(weights.bias.data(), filters);
        to = node.scale * from;
    }
}

} // namespace reslens
