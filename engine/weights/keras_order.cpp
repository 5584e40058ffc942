// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/keras_order.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace reslens {

namespace {

class Walk
{
public:
    explicit Walk(const Description &description)
        : m_nodes(description.nodes), m_depths(m_nodes.size(), 0), m_positions(m_nodes.size(), -1)
    {
        for (std::size_t node = m_nodes.size(); node-- > 0;)
            for (const int input : m_nodes[node].inputs)
                m_depths[std::size_t(input)] =
                    std::max(m_depths[std::size_t(input)], m_depths[node] + layerCount(m_nodes[node]));
        visit(int(m_nodes.size()) - 1);
    }

    /// Furthest first; normalizations are in the order of their convolutions.
    template <typename Predicate>
    std::vector<int> sorted(Predicate wanted) const
    {
        std::vector<int> result;
        for (int node = 0; node < int(m_nodes.size()); ++node)
            if (wanted(m_nodes[std::size_t(node)]))
                result.push_back(node);
        std::ranges::sort(result, {}, [&](int node) {
            const int convolutionDepth =
                m_depths[std::size_t(node)] + layerCount(m_nodes[std::size_t(node)]) - 1;
            return std::tuple(-convolutionDepth, m_positions[std::size_t(node)]);
        });
        return result;
    }

private:
    /// A node with a batch normalization is three layers of Keras: convolution, normalization, activation.
    static int layerCount(const Node &node) { return node.batchNormalization ? 3 : 1; }

    void visit(int node)
    {
        if (m_positions[std::size_t(node)] >= 0)
            return;
        m_positions[std::size_t(node)] = m_visited++;
        for (const int input : m_nodes[std::size_t(node)].inputs)
            visit(input);
    }

    const std::vector<Node> &m_nodes;
    std::vector<int> m_depths;    ///< layers between a node and the output
    std::vector<int> m_positions; ///< in the depth-first walk
    int m_visited = 0;
};

} // namespace

KerasOrder kerasOrder(const Description &description)
{
    const Walk walk(description);
    return {walk.sorted([](const Node &node) { return node.operation == Operation::Convolution; }),
            walk.sorted([](const Node &node) { return node.batchNormalization; })};
}

} // namespace reslens
