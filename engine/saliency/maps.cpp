// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/maps.h"

#include "engine/kernels/elementwise.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace reslens {

namespace {

using Channels = Eigen::Map<const Eigen::ArrayXf>;

/// A map of value(position) with the extents of `shape`.
template <typename Value>
Tensor positionwise(const Shape &shape, const Value &value)
{
    Tensor map({shape.height, shape.width, 1});
    for (int y = 0; y < shape.height; ++y) {
        for (int x = 0; x < shape.width; ++x)
            map.at(y, x, 0) = float(value(y, x));
    }
    return map;
}

Channels channelsAt(const TensorView &view, int y, int x)
{
    return {view.at(y, x), view.shape.channels};
}

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Each column divided by its sum, so that a value that it spreads keeps its share of the total.
Eigen::MatrixXf keepingSums(const Eigen::MatrixXd &weights)
{
    const Eigen::RowVectorXd totals = weights.colwise().sum().cwiseMax(1e-9);
    return (weights.array().rowwise() / totals.array()).cast<float>();
}

/// size × `from`: bilinear interpolation of a line of `from` values at `size` places.
Eigen::MatrixXf spreading(int from, int size)
{
    Eigen::MatrixXd weights = Eigen::MatrixXd::Zero(size, from);
    for (int i = 0; i < size; ++i) {
        const double place = (i + 0.5) * from / size - 0.5;
        const int first = int(std::floor(place));
        const double share = place - first;
        weights(i, std::clamp(first, 0, from - 1)) += 1 - share;
        weights(i, std::clamp(first + 1, 0, from - 1)) += share;
    }
    return keepingSums(weights);
}

/// rows · map · columnsᵀ
Tensor product(const Eigen::MatrixXf &rows, const Tensor &map, const Eigen::MatrixXf &columns)
{
    Tensor result({int(rows.rows()), int(columns.rows()), 1});
    Eigen::Map<RowMajor>(result.data(), rows.rows(), columns.rows()).noalias() =
        rows *
        (Eigen::Map<const RowMajor>(map.data(), map.shape().height, map.shape().width) * columns.transpose());
    return result;
}

} // namespace

Tensor contributionMap(const TensorView &a, const TensorView &b)
{
    return positionwise(a.shape, [&](int y, int x) {
        return innerProduct(a.at(y, x), b.at(y, x), std::size_t(a.shape.channels));
    });
}

Tensor energyMap(const TensorView &input, const TensorView &residual)
{
    return positionwise(input.shape, [&](int y, int x) {
        const double norm = channelsAt(input, y, x).matrix().stableNorm();
        return norm > 0 ? double(channelsAt(residual, y, x).matrix().stableNorm()) / norm : 0.0;
    });
}

Tensor erasureMap(const TensorView &input, const TensorView &sum)
{
    return positionwise(input.shape, [&](int y, int x) {
        return double((channelsAt(input, y, x) > 0 && channelsAt(sum, y, x) <= 0).count()) /
               input.shape.channels;
    });
}

Tensor gradCamMap(const TensorView &activation, const TensorView &gradient)
{
    Eigen::ArrayXf weights = Eigen::ArrayXf::Zero(gradient.shape.channels);
    for (int y = 0; y < gradient.shape.height; ++y) {
        for (int x = 0; x < gradient.shape.width; ++x)
            weights += channelsAt(gradient, y, x);
    }
    weights /= float(gradient.shape.positions());
    Tensor map = classMap(activation, {weights.data(), std::size_t(weights.size())});
    std::ranges::for_each(map.values(), [](float &value) { value = std::max(value, 0.0F); });
    return map;
}

Tensor classMap(const TensorView &activation, std::span<const float> weights)
{
    return positionwise(activation.shape, [&](int y, int x) {
        return innerProduct(activation.at(y, x), weights.data(), weights.size());
    });
}

Tensor magnitudeMap(const TensorView &gradient)
{
    return positionwise(gradient.shape,
                        [&](int y, int x) { return channelsAt(gradient, y, x).abs().maxCoeff(); });
}

Tensor resizedKeepingSum(const Tensor &map, int size)
{
    return product(spreading(map.shape().height, size), map, spreading(map.shape().width, size));
}

Tensor smoothedKeepingSum(const Tensor &map, double deviation)
{
    const int size = map.shape().height;
    const Eigen::ArrayXd places = Eigen::ArrayXd::LinSpaced(size, 0, size - 1);
    const Eigen::ArrayXXd distances = places.replicate(1, size) - places.transpose().replicate(size, 1);
    const Eigen::MatrixXf blur = keepingSums((-0.5 * (distances / deviation).square()).exp().matrix());
    return product(blur, map, blur);
}

double sumOf(const Tensor &map)
{
    return std::accumulate(map.values().begin(), map.values().end(), 0.0);
}

double deviationOf(const Tensor &map)
{
    const Eigen::ArrayXd values =
        Eigen::Map<const Eigen::ArrayXf>(map.data(), Eigen::Index(map.values().size())).cast<double>();
    return std::sqrt((values - values.mean()).square().mean());
}

void add(Tensor &to, const Tensor &map, float weight)
{
    std::ranges::transform(to.values(), map.values(), to.values().begin(),
                           [weight](float total, float value) { return total + weight * value; });
}

} // namespace reslens
