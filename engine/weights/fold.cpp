// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/fold.h"

#include <Eigen/Core>

namespace reslens {

namespace {

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using RowArray = Eigen::Array<float, 1, Eigen::Dynamic>;
using Row = Eigen::Map<const RowArray>;

/// x → x · factor + shift
struct Affine
{
    RowArray factor;
    RowArray shift;
};

Affine toAffine(const NormalizationWeights &weights, float epsilon)
{
    const auto channels = Eigen::Index(weights.variance.size());
    Affine result;
    result.factor = (Row(weights.variance.data(), channels) + epsilon).rsqrt();
    if (!weights.gamma.empty())
        result.factor *= Row(weights.gamma.data(), channels);
    result.shift = -Row(weights.mean.data(), channels) * result.factor;
    if (!weights.beta.empty())
        result.shift += Row(weights.beta.data(), channels);
    return result;
}

} // namespace

void foldLayer(const Node &node, const LayerWeights &weights, float *kernel, std::ptrdiff_t columns,
               float *bias)
{
    const Eigen::Index filters = node.filters;
    const Eigen::Index depth = Eigen::Index(weights.kernel.size()) / filters;
    const Eigen::Map<const RowMajor> from(weights.kernel.data(), depth, filters);
    Eigen::Map<RowMajor, 0, Eigen::OuterStride<>> to(kernel, depth, filters, Eigen::OuterStride<>(columns));
    Eigen::Map<RowArray> shift(bias, filters);

    Affine after{RowArray::Constant(filters, node.scale), RowArray::Zero(filters)};
    if (node.batchNormalization || node.outputNormalization)
        after = toAffine(weights, node.outputNormalization.value_or(BatchNormalization{}).epsilon);
    to = (from.array().rowwise() * after.factor).matrix();
    shift = after.shift;
    if (!weights.bias.empty())
        shift += Row(weights.bias.data(), filters) * after.factor;
    if (node.inputNormalization) {
        const Affine before = toAffine(weights.input, node.inputNormalization->epsilon);
        shift += (before.shift.matrix() * to).array();
        to.array().colwise() *= before.factor.transpose();
    }
}

} // namespace reslens
