// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/plan.h"

#include "engine/plan/arena.h"
#include "engine/plan/kernel_matrices.h"
#include "engine/plan/window.h"
#include "engine/shapes.h"

#include <algorithm>

namespace reslens {

namespace {

/// A node's output before the arena is laid out: a slice of a buffer.
struct Slot
{
    int buffer = -1;
    std::size_t channelOffset = 0;
};

struct Buffer
{
    std::size_t positions = 0;
    std::size_t width = 0; ///< floats per position
    int first = -1;        ///< step of the first write
    int last = -1;         ///< step of the last access
};

class Planner
{
public:
    Planner(const Description &description, int inputSize)
        : m_description(description), m_slots(description.nodes.size()),
          m_parents(description.nodes.size(), -1)
    {
        m_plan.shapes = inferShapes(description, inputSize);
    }

    Plan make()
    {
        assignSlots();
        for (const Block &block : m_description.blocks)
            emitBlock(block);
        layOut();
        return std::move(m_plan);
    }

private:
    const Node &node(int index) const { return m_description.nodes[std::size_t(index)]; }
    const Shape &shape(int index) const { return m_plan.shapes[std::size_t(index)]; }
    Slot &slot(int index) { return m_slots[std::size_t(index)]; }

    int newBuffer(const Shape &positions, std::size_t width)
    {
        m_buffers.push_back({.positions = positions.positions(), .width = width});
        return int(m_buffers.size()) - 1;
    }

    /// 1×1 convolutions of the same map that one SGEMM computes: those of a block that share `index`'s input,
    /// the one that opens a residual block's concatenation last, so that its columns are those of the
    /// concatenation.
    std::vector<int> siblings(int index, const Block &block) const
    {
        const auto isHead = [&](int i) {
            return node(i).operation == Operation::Convolution && node(i).kernelHeight == 1 &&
                   node(i).kernelWidth == 1 && node(i).stride == 1 && node(i).relu;
        };
        if (!isHead(index))
            return {index};
        std::vector<int> heads;
        int direct = -1;
        for (int i = block.firstNode; i <= block.lastNode; ++i) {
            if (!isHead(i) || node(i).inputs != node(index).inputs)
                continue;
            const int parent = m_parents[std::size_t(i)];
            if (parent < 0)
                heads.push_back(i);
            else if (block.residual && node(parent).inputs.front() == i)
                direct = i;
        }
        if (direct >= 0)
            heads.push_back(direct);
        return std::ranges::find(heads, index) == heads.end() ? std::vector{index} : heads;
    }

    void assignSlots()
    {
        for (int i = 0; i < int(m_description.nodes.size()); ++i) {
            if (node(i).operation == Operation::Concatenation) {
                for (const int part : node(i).inputs)
                    m_parents[std::size_t(part)] = i;
            }
        }
        for (const Block &block : m_description.blocks) {
            for (int i = block.firstNode; i <= block.lastNode; ++i) {
                if (slot(i).buffer < 0)
                    assignSlot(i, block);
            }
        }
    }

    void assignSlot(int index, const Block &block)
    {
        // The trunk stays where it is: additions and their ReLUs work in place.
        if (node(index).operation == Operation::ResidualAddition ||
            node(index).operation == Operation::Relu) {
            slot(index) = slot(node(index).inputs.front());
            return;
        }
        const std::vector<int> group = siblings(index, block);
        const int parent = m_parents[std::size_t(group.back())];
        std::size_t width = 0;
        for (const int head : group) {
            slot(head).channelOffset = width;
            width += std::size_t(shape(head).channels);
        }
        if (parent >= 0) {
            width -= std::size_t(shape(group.back()).channels);
            const int buffer = newBuffer(shape(parent), width + std::size_t(shape(parent).channels));
            slot(parent) = {buffer, width};
            for (const int part : node(parent).inputs) {
                slot(part) = {buffer, width};
                width += std::size_t(shape(part).channels);
            }
            for (const int head : group)
                slot(head).buffer = buffer;
            return;
        }
        const int buffer = newBuffer(shape(index), width);
        for (const int head : group)
            slot(head).buffer = buffer;
    }

    std::size_t bookWeights(std::size_t floats)
    {
        constexpr std::size_t line = 64 / sizeof(float);
        const std::size_t offset = m_plan.weightsSize;
        m_plan.weightsSize += (floats + line - 1) / line * line;
        return offset;
    }

    void touch(int index)
    {
        Buffer &buffer = m_buffers[std::size_t(slot(index).buffer)];
        const int step = int(m_plan.steps.size());
        if (buffer.first < 0)
            buffer.first = step;
        buffer.last = step;
    }

    void emitBlock(const Block &block)
    {
        std::vector<bool> emitted(m_description.nodes.size(), false);
        for (int i = block.firstNode; i <= block.lastNode; ++i) {
            if (emitted[std::size_t(i)])
                continue;
            switch (node(i).operation) {
            case Operation::Input:
                touch(i);
                break;
            case Operation::Convolution: {
                const std::vector<int> group = siblings(i, block);
                for (const int head : group)
                    emitted[std::size_t(head)] = true;
                emitConvolution(group, block);
                break;
            }
            case Operation::MaxPooling:
            case Operation::AveragePooling:
                emitPooling(i, block);
                break;
            case Operation::GlobalAveragePooling:
                emitTop(i, block);
                break;
            default:
                // Concatenations, additions and ReLUs happen within the steps of their inputs, the rest in
                // the top.
                break;
            }
        }
    }

    void finishStep(Step step, const std::vector<int> &written, const Block &block)
    {
        for (const int index : written) {
            step.completes.push_back(index);
            const int parent = m_parents[std::size_t(index)];
            // The last of a concatenation's inputs to be computed is the last in order.
            if (parent >= 0 && node(parent).inputs.back() == index)
                step.completes.push_back(parent);
        }
        step.block = int(&block - m_description.blocks.data());
        step.finishesBlock = std::ranges::find(step.completes, block.output) != step.completes.end();
        m_plan.steps.push_back(std::move(step));
    }

    void emitConvolution(const std::vector<int> &group, const Block &block)
    {
        ConvolutionStep step;
        step.nodes = group;
        step.window = windowOf(m_description, m_plan.shapes, group.front());
        step.window.out.channels = 0;
        for (const int index : group) {
            step.window.out.channels += node(index).filters;
            touch(index);
        }
        touch(node(group.front()).inputs.front());
        step.relu = node(group.front()).relu;
        step.algorithm = chooseAlgorithm(step.window);
        step.panelWidth = panelWidth();
        step.kernel = bookWeights(KernelMatrices(step).size());
        step.bias = bookWeights(std::size_t(step.window.out.channels));

        std::vector<int> written = group;
        if (!node(group.front()).relu) {
            step.sum = group.front() + 1;
            step.relu = block.output != step.sum;
            touch(step.sum);
            written = {block.output};
        }
        finishStep({.work = step}, written, block);
    }

    void emitPooling(int index, const Block &block)
    {
        PoolingStep step;
        step.node = index;
        step.window = windowOf(m_description, m_plan.shapes, index);
        step.maximum = node(index).operation == Operation::MaxPooling;
        touch(index);
        touch(node(index).inputs.front());
        finishStep({.work = step}, {index}, block);
    }

    void emitTop(int pool, const Block &block)
    {
        TopStep step;
        step.poolNode = pool;
        step.in = shape(node(pool).inputs.front());
        touch(node(pool).inputs.front());
        std::vector<int> written{pool};
        for (int i = pool + 1; i <= block.lastNode; ++i) {
            written.push_back(i);
            if (node(i).operation != Operation::Dense)
                continue;
            const int inputs = shape(i - 1).channels;
            const int units = node(i).filters;
            step.dense.push_back({.node = i,
                                  .inputs = inputs,
                                  .units = units,
                                  .relu = node(i).relu,
                                  .destination = {},
                                  .kernel = bookWeights(std::size_t(inputs) * std::size_t(units)),
                                  .bias = bookWeights(std::size_t(units))});
        }
        for (const int index : written)
            touch(index);
        finishStep({.work = step}, written, block);
    }

    Placement placement(int index) const { return m_plan.placements[std::size_t(index)]; }

    void layOut()
    {
        std::vector<Lifetime> lifetimes;
        for (const Buffer &buffer : m_buffers)
            lifetimes.push_back(
                {buffer.positions * buffer.width, std::max(0, buffer.first), std::max(0, buffer.last)});
        const ArenaLayout layout = packArena(lifetimes);
        m_plan.arenaSize = layout.size;
        for (const Slot &slot : m_slots) {
            const std::size_t buffer = std::size_t(slot.buffer);
            m_plan.placements.push_back(
                {layout.offsets[buffer] + slot.channelOffset, std::ptrdiff_t(m_buffers[buffer].width)});
        }
        for (Step &step : m_plan.steps)
            std::visit([this](auto &work) { place(work); }, step.work);
    }

    void place(ConvolutionStep &step)
    {
        step.source = placement(node(step.nodes.front()).inputs.front());
        step.destination = placement(step.sum >= 0 ? step.sum : step.nodes.front());
        if (step.sum >= 0)
            step.residual = placement(step.nodes.front());
    }

    void place(PoolingStep &step)
    {
        step.source = placement(node(step.node).inputs.front());
        step.destination = placement(step.node);
    }

    void place(TopStep &step)
    {
        step.source = placement(node(step.poolNode).inputs.front());
        step.pool = placement(step.poolNode);
        for (DenseStep &dense : step.dense)
            dense.destination = placement(dense.node);
        step.probabilities = placement(step.dense.back().node + 1);
    }

    const Description &m_description;
    Plan m_plan;
    std::vector<Slot> m_slots;
    std::vector<int> m_parents; ///< the concatenation that a node is part of, or -1
    std::vector<Buffer> m_buffers;
};

} // namespace

Plan makePlan(const Description &description, int inputSize)
{
    return Planner(description, inputSize).make();
}

} // namespace reslens
