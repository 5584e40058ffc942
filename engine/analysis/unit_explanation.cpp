// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/unit_explanation.h"

#include "engine/error.h"
#include "engine/plan/window.h"
#include "engine/weights/fold.h"

#include <algorithm>

namespace reslens {

namespace {

void check(const Node &node, const Shape &shape, int y, int x, int channel)
{
    if (!node.hasWeights())
        throw Error(ErrorKind::InvalidArgument,
                    node.address() + " is neither a convolution nor a dense layer");
    if (y < 0 || y >= shape.height || x < 0 || x >= shape.width || channel < 0 || channel >= shape.channels)
        throw Error(ErrorKind::InvalidArgument, node.address() + " is " + toString(shape) +
                                                    ": it has no channel " + std::to_string(channel) +
                                                    " at (" + std::to_string(y) + ", " + std::to_string(x) +
                                                    ")");
}

} // namespace

UnitExplanation explainUnit(const WeightFile &file, const std::vector<Shape> &shapes, int node,
                            const Tensor &input, int y, int x, int channel)
{
    const Node &convolution = file.description().nodes[std::size_t(node)];
    check(convolution, shapes[std::size_t(node)], y, x, channel);
    const Window window = windowOf(file.description(), shapes, node);
    if (input.shape() != window.in)
        throw Error(ErrorKind::InvalidArgument, "the input of " + convolution.address() + " is " +
                                                    toString(window.in) + ", not " + toString(input.shape()));

    LayerWeights weights;
    file.read(node, weights);
    const std::size_t filters = std::size_t(convolution.filters);
    std::vector<float> kernel(std::size_t(window.depth()) * filters);
    std::vector<float> biases(filters);
    foldLayer(convolution, weights, kernel.data(), convolution.filters, biases.data());

    UnitExplanation result;
    if (convolution.batchNormalization) {
        const std::size_t at = std::size_t(channel);
        result.normalization = {weights.beta[at], weights.mean[at], weights.variance[at]};
    }
    result.bias = biases[std::size_t(channel)];
    result.sum = double(result.bias);
    const float *weight = kernel.data() + channel;
    for (int ky = 0; ky < window.kernelHeight; ++ky) {
        for (int kx = 0; kx < window.kernelWidth; ++kx) {
            const int sourceY = y * window.stride - window.padTop + ky;
            const int sourceX = x * window.stride - window.padLeft + kx;
            const bool inside =
                sourceY >= 0 && sourceY < window.in.height && sourceX >= 0 && sourceX < window.in.width;
            for (int c = 0; c < window.in.channels; ++c, weight += filters) {
                if (!inside)
                    continue;
                result.terms.push_back({sourceY, sourceX, c, input.at(sourceY, sourceX, c), *weight});
                result.sum += result.terms.back().product();
            }
        }
    }
    result.activation = convolution.relu ? std::max(result.sum, 0.0) : result.sum;
    return result;
}

std::vector<BranchShare> sharesOfBranches(const Description &description, const std::vector<Shape> &shapes,
                                          int node, const UnitExplanation &explanation)
{
    const Node &convolution = description.nodes[std::size_t(node)];
    const Node &source = description.nodes[std::size_t(convolution.inputs.front())];
    if (source.operation != Operation::Concatenation)
        throw Error(ErrorKind::InvalidArgument, convolution.address() + " does not read branches");
    std::vector<BranchShare> shares;
    std::vector<std::size_t> branchOf;
    for (const int branch : source.inputs) {
        branchOf.insert(branchOf.end(), std::size_t(shapes[std::size_t(branch)].channels), shares.size());
        shares.push_back({branch, 0});
    }
    for (const UnitTerm &term : explanation.terms)
        shares[branchOf[std::size_t(term.channel)]].sum += term.product();
    return shares;
}

} // namespace reslens
