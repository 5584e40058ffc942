// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/description.h"

#include "engine/error.h"

#include <algorithm>

namespace reslens {

namespace {

constexpr float block35Scale = 0.17F;
constexpr float block17Scale = 0.1F;
constexpr float block8Scale = 0.2F;

struct Kernel
{
    int height;
    int width;
    int stride = 1;
    Padding padding = Padding::Same;
};

constexpr Kernel pointwise{1, 1};
constexpr Kernel square3{3, 3};
constexpr Kernel reduce3{3, 3, 2, Padding::Valid};

/// Appends nodes in Keras' creation order and hands out the filters in that order.
class Builder
{
public:
    explicit Builder(const Architecture &architecture) { m_description.architecture = architecture; }

    int input()
    {
        beginBlock("stem", -1);
        return append({.tensor = "input", .operation = Operation::Input});
    }

    void beginBlock(const std::string &name, int input)
    {
        m_description.blocks.push_back({.name = name, .firstNode = size(), .input = input});
    }

    void endBlock(int output)
    {
        m_description.blocks.back().output = output;
        m_description.blocks.back().lastNode = size() - 1;
    }

    /// Convolution, batch normalization, ReLU: Keras' conv2d_bn.
    int convolution(const std::string &tensor, int from, const Kernel &kernel)
    {
        Node node = window(tensor, Operation::Convolution, from, kernel);
        node.filters = m_description.architecture.filters[std::size_t(m_created)];
        node.relu = true;
        node.batchNormalization = true;
        node.creationIndex = m_created++;
        return append(std::move(node));
    }

    int namedConvolution(const std::string &tensor, int from, const std::string &layerName)
    {
        const int node = convolution(tensor, from, pointwise);
        m_description.nodes[std::size_t(node)].creationIndex = -1;
        m_description.nodes[std::size_t(node)].layerName = layerName;
        return node;
    }

    int pooling(const std::string &tensor, Operation operation, int from, const Kernel &kernel)
    {
        return append(window(tensor, operation, from, kernel));
    }

    int concatenation(const std::string &tensor, const std::vector<int> &from)
    {
        return append({.tensor = tensor, .operation = Operation::Concatenation, .inputs = from});
    }

    /// The "up" convolution (bias, no batch normalization, no activation), the addition, and the ReLU if
    /// there is one.
    int residual(int shortcut, int trunkWidth, int mixed, float scale, bool relu)
    {
        m_description.blocks.back().residual = true;
        Node up = window("residual", Operation::Convolution, mixed, pointwise);
        up.filters = trunkWidth;
        up.scale = scale;
        up.layerName = m_description.blocks.back().name + "_conv";
        const int branch = append(std::move(up));
        const int sum =
            append({.tensor = "sum", .operation = Operation::ResidualAddition, .inputs = {shortcut, branch}});
        return relu ? append({.tensor = "output", .operation = Operation::Relu, .inputs = {sum}}) : sum;
    }

    void top(int from, const std::vector<DenseLayer> &head)
    {
        beginBlock("predictions", from);
        int x = append({.tensor = "pool", .operation = Operation::GlobalAveragePooling, .inputs = {from}});
        for (std::size_t i = 0; i < head.size(); ++i) {
            const bool last = i + 1 == head.size();
            const std::string hidden = "dense_" + std::to_string(i + 1);
            x = append({.tensor = last ? "logits" : hidden,
                        .operation = Operation::Dense,
                        .inputs = {x},
                        .filters = head[i].units,
                        .relu = head[i].relu,
                        .layerName = last ? "predictions" : hidden,
                        .headIndex = int(i),
                        .bias = head[i].bias,
                        .inputNormalization = head[i].before,
                        .outputNormalization = head[i].after});
        }
        endBlock(append({.tensor = "probabilities", .operation = Operation::Softmax, .inputs = {x}}));
    }

    int filters(int node) const { return m_description.nodes[std::size_t(node)].filters; }

    Description take() { return std::move(m_description); }

private:
    int size() const { return int(m_description.nodes.size()); }

    static Node window(const std::string &tensor, Operation operation, int from, const Kernel &kernel)
    {
        return {.tensor = tensor,
                .operation = operation,
                .inputs = {from},
                .kernelHeight = kernel.height,
                .kernelWidth = kernel.width,
                .stride = kernel.stride,
                .padding = kernel.padding};
    }

    int append(Node node)
    {
        node.block = m_description.blocks.back().name;
        m_description.nodes.push_back(std::move(node));
        return size() - 1;
    }

    Description m_description;
    int m_created = 0;
};

int stem(Builder &network)
{
    int x = network.input();
    x = network.convolution("conv_1", x, reduce3);
    x = network.convolution("conv_2", x, {3, 3, 1, Padding::Valid});
    x = network.convolution("conv_3", x, square3);
    x = network.pooling("pool_1", Operation::MaxPooling, x, reduce3);
    x = network.convolution("conv_4", x, {1, 1, 1, Padding::Valid});
    x = network.convolution("conv_5", x, {3, 3, 1, Padding::Valid});
    x = network.pooling("pool_2", Operation::MaxPooling, x, reduce3);
    network.endBlock(x);
    return x;
}

/// Returns the block's output; its channels are the sum of the branches'.
int mixed5b(Builder &network, int x, int &trunkWidth)
{
    network.beginBlock("mixed_5b", x);
    const int branch0 = network.convolution("branch_0", x, pointwise);
    int branch1 = network.convolution("branch_1_conv_1", x, pointwise);
    branch1 = network.convolution("branch_1", branch1, {5, 5});
    int branch2 = network.convolution("branch_2_conv_1", x, pointwise);
    branch2 = network.convolution("branch_2_conv_2", branch2, square3);
    branch2 = network.convolution("branch_2", branch2, square3);
    int branch3 = network.pooling("branch_3_pool", Operation::AveragePooling, x, square3);
    branch3 = network.convolution("branch_3", branch3, pointwise);
    trunkWidth = network.filters(branch0) + network.filters(branch1) + network.filters(branch2) +
                 network.filters(branch3);
    const int output = network.concatenation("output", {branch0, branch1, branch2, branch3});
    network.endBlock(output);
    return output;
}

int mixed6a(Builder &network, int x, int &trunkWidth)
{
    network.beginBlock("mixed_6a", x);
    const int branch0 = network.convolution("branch_0", x, reduce3);
    int branch1 = network.convolution("branch_1_conv_1", x, pointwise);
    branch1 = network.convolution("branch_1_conv_2", branch1, square3);
    branch1 = network.convolution("branch_1", branch1, reduce3);
    const int branch2 = network.pooling("branch_2", Operation::MaxPooling, x, reduce3);
    trunkWidth += network.filters(branch0) + network.filters(branch1);
    const int output = network.concatenation("output", {branch0, branch1, branch2});
    network.endBlock(output);
    return output;
}

int mixed7a(Builder &network, int x, int &trunkWidth)
{
    network.beginBlock("mixed_7a", x);
    int branch0 = network.convolution("branch_0_conv_1", x, pointwise);
    branch0 = network.convolution("branch_0", branch0, reduce3);
    int branch1 = network.convolution("branch_1_conv_1", x, pointwise);
    branch1 = network.convolution("branch_1", branch1, reduce3);
    int branch2 = network.convolution("branch_2_conv_1", x, pointwise);
    branch2 = network.convolution("branch_2_conv_2", branch2, square3);
    branch2 = network.convolution("branch_2", branch2, reduce3);
    const int branch3 = network.pooling("branch_3", Operation::MaxPooling, x, reduce3);
    trunkWidth += network.filters(branch0) + network.filters(branch1) + network.filters(branch2);
    const int output = network.concatenation("output", {branch0, branch1, branch2, branch3});
    network.endBlock(output);
    return output;
}

int block35(Builder &network, int x, int trunkWidth, int number)
{
    network.beginBlock("block35_" + std::to_string(number), x);
    const int branch0 = network.convolution("branch_0", x, pointwise);
    int branch1 = network.convolution("branch_1_conv_1", x, pointwise);
    branch1 = network.convolution("branch_1", branch1, square3);
    int branch2 = network.convolution("branch_2_conv_1", x, pointwise);
    branch2 = network.convolution("branch_2_conv_2", branch2, square3);
    branch2 = network.convolution("branch_2", branch2, square3);
    const int mixed = network.concatenation("mixed", {branch0, branch1, branch2});
    const int output = network.residual(x, trunkWidth, mixed, block35Scale, true);
    network.endBlock(output);
    return output;
}

/// block17 and block8 differ in the two kernels of their second branch only.
int twoBranchBlock(Builder &network, int x, int trunkWidth, const std::string &name, const Kernel &first,
                   const Kernel &second, float scale, bool relu)
{
    network.beginBlock(name, x);
    const int branch0 = network.convolution("branch_0", x, pointwise);
    int branch1 = network.convolution("branch_1_conv_1", x, pointwise);
    branch1 = network.convolution("branch_1_conv_2", branch1, first);
    branch1 = network.convolution("branch_1", branch1, second);
    const int mixed = network.concatenation("mixed", {branch0, branch1});
    const int output = network.residual(x, trunkWidth, mixed, scale, relu);
    network.endBlock(output);
    return output;
}

void check(const Architecture &architecture)
{
    if (architecture.block35 < 0 || architecture.block17 < 0 || architecture.block8 < 0 ||
        architecture.classes < 0)
        throw Error(ErrorKind::InvalidArgument, "numbers of blocks and classes cannot be negative");
    const int expected =
        Architecture::filterCount(architecture.block35, architecture.block17, architecture.block8);
    if (int(architecture.filters.size()) != expected)
        throw Error(ErrorKind::InvalidArgument,
                    "an Inception-ResNet-v2 with " + std::to_string(architecture.block35) + ", " +
                        std::to_string(architecture.block17) + " and " + std::to_string(architecture.block8) +
                        " blocks has " + std::to_string(expected) + " batch-normalized convolutions, not " +
                        std::to_string(architecture.filters.size()));
    if (std::ranges::any_of(architecture.filters, [](int filters) { return filters < 1; }))
        throw Error(ErrorKind::InvalidArgument, "a convolution needs at least one filter");
    if (!architecture.head.empty() && architecture.head.back().units != architecture.classes)
        throw Error(ErrorKind::InvalidArgument,
                    "the head's last layer has " + std::to_string(architecture.head.back().units) +
                        " units for " + std::to_string(architecture.classes) + " classes");
}

} // namespace

Description describe(const Architecture &architecture)
{
    check(architecture);
    Builder network(architecture);
    int width = 0;
    int x = stem(network);
    x = mixed5b(network, x, width);
    for (int i = 1; i <= architecture.block35; ++i)
        x = block35(network, x, width, i);
    x = mixed6a(network, x, width);
    for (int i = 1; i <= architecture.block17; ++i)
        x = twoBranchBlock(network, x, width, "block17_" + std::to_string(i), {1, 7}, {7, 1}, block17Scale,
                           true);
    x = mixed7a(network, x, width);
    for (int i = 1; i <= architecture.block8; ++i) {
        const bool last = i == architecture.block8;
        x = twoBranchBlock(network, x, width, "block8_" + std::to_string(i), {1, 3}, {3, 1},
                           last ? 1.0F : block8Scale, !last);
    }
    network.beginBlock("conv_7b", x);
    x = network.namedConvolution("output", x, "conv_7b");
    network.endBlock(x);
    if (architecture.hasTop())
        network.top(x, architecture.head.empty() ? std::vector<DenseLayer>{{.units = architecture.classes}}
                                                 : architecture.head);
    return network.take();
}

const Block *Description::findBlock(std::string_view name) const
{
    const auto found = std::ranges::find(blocks, name, &Block::name);
    return found == blocks.end() ? nullptr : &*found;
}

const std::vector<int> &Description::branchesOf(const Block &block) const
{
    return nodes[std::size_t(*find(block.name + "/mixed"))].inputs;
}

std::optional<int> Description::find(std::string_view address) const
{
    const std::size_t slash = address.find('/');
    if (slash == std::string_view::npos)
        return std::nullopt;
    const Block *block = findBlock(address.substr(0, slash));
    if (!block)
        return std::nullopt;
    const std::string_view tensor = address.substr(slash + 1);
    for (int i = block->firstNode; i <= block->lastNode; ++i) {
        if (nodes[std::size_t(i)].tensor == tensor)
            return i;
    }
    if (tensor == "input" && block->residual)
        return block->input;
    if (tensor == "output" && block->name != "predictions")
        return block->output;
    return std::nullopt;
}

std::vector<std::string> Description::addresses(const Block &block) const
{
    std::vector<std::string> result;
    if (block.residual)
        result.push_back(block.name + "/input");
    for (int i = block.firstNode; i <= block.lastNode; ++i)
        result.push_back(nodes[std::size_t(i)].address());
    const std::string output = block.name + "/output";
    if (result.back() != output && find(output))
        result.push_back(output);
    return result;
}

std::string stageOf(const std::string &block)
{
    const std::size_t underscore = block.find_last_not_of("0123456789");
    const bool isNumbered =
        underscore != std::string::npos && underscore + 1 < block.size() && block[underscore] == '_';
    return isNumbered ? block.substr(0, underscore) : block;
}

int inputChannels(const Description &description, int node)
{
    const Node &asked = description.nodes[std::size_t(node)];
    const int from = asked.inputs.front();
    const Node &source = description.nodes[std::size_t(from)];
    switch (source.operation) {
    case Operation::Input:
        return 3;
    case Operation::Convolution:
    case Operation::Dense:
        return source.filters;
    case Operation::Concatenation: {
        int channels = 0;
        for (const int input : source.inputs) {
            const Node &part = description.nodes[std::size_t(input)];
            channels += part.filters > 0 ? part.filters : inputChannels(description, input);
        }
        return channels;
    }
    default:
        return inputChannels(description, from);
    }
}

} // namespace reslens
