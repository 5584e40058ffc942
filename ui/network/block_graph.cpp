// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/network/block_graph.h"

#include "engine/report.h"
#include "ui/base/format.h"

#include <QCoreApplication>
#include <algorithm>

namespace reslens {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("BlockGraph", text);
}

QString kernelOf(const Node &node)
{
    return QStringLiteral("%1 × %2").arg(node.kernelHeight).arg(node.kernelWidth);
}

bool hasWindow(const Node &node)
{
    return node.operation == Operation::Convolution || node.operation == Operation::MaxPooling ||
           node.operation == Operation::AveragePooling;
}

QString nameOf(const Node &node)
{
    switch (node.operation) {
    case Operation::Input:
        return tr("picture");
    case Operation::Convolution:
        return kernelOf(node);
    case Operation::MaxPooling:
        return tr("max %1").arg(kernelOf(node));
    case Operation::AveragePooling:
        return tr("mean %1").arg(kernelOf(node));
    case Operation::Concatenation:
        return tr("concat");
    case Operation::ResidualAddition:
        return QStringLiteral("+");
    case Operation::Relu:
        return QStringLiteral("ReLU");
    case Operation::GlobalAveragePooling:
        return tr("mean of all positions");
    case Operation::Dense:
        return tr("dense");
    case Operation::Softmax:
        return QStringLiteral("softmax");
    }
    return {};
}

QString gigaFlops(std::int64_t flops)
{
    return tr("%1 GFLOP").arg(formatValue(double(flops) / 1e9));
}

QStringList wordsOf(const Node &node, const Shape &shape, const Cost &cost)
{
    QStringList words{nameOf(node)};
    if (node.operation == Operation::Relu || node.operation == Operation::ResidualAddition)
        return words;
    words << QString::number(shape.channels);
    if (node.scale != 1)
        words << QStringLiteral("× %1").arg(double(node.scale));
    if (hasWindow(node))
        words << tr("stride %1").arg(node.stride)
              << (node.padding == Padding::Same ? tr("same") : tr("valid"));
    if (node.hasWeights())
        words << tr("%1 parameters").arg(QString::fromStdString(formatCount(cost.parameters)))
              << gigaFlops(cost.flops);
    return words;
}

QString kindOf(const Node &node)
{
    switch (node.operation) {
    case Operation::Convolution:
        if (node.relu)
            return tr("%1 convolution, batch normalization, ReLU").arg(kernelOf(node));
        return tr("%1 convolution with bias, times s = %2").arg(kernelOf(node)).arg(double(node.scale));
    case Operation::MaxPooling:
        return tr("The greatest of each %1 window").arg(kernelOf(node));
    case Operation::AveragePooling:
        return tr("The mean of each %1 window").arg(kernelOf(node));
    case Operation::Concatenation:
        return tr("The branches' channels, one after the other");
    case Operation::ResidualAddition:
        return tr("x + s·F(x)");
    case Operation::Relu:
        return tr("ReLU: max(x, 0)");
    case Operation::GlobalAveragePooling:
        return tr("The mean of each channel over all positions");
    case Operation::Dense:
        return tr("Dense layer: every output is a weighted sum of all inputs");
    case Operation::Softmax:
        return tr("Softmax: from logits to probabilities");
    case Operation::Input:
        break;
    }
    return tr("The picture as the network gets it");
}

QString explain(const Node &node, const Shape &in, const Shape &shape, const Cost &cost)
{
    QString text = QStringLiteral("%1\n%2").arg(QString::fromStdString(node.address()), kindOf(node));
    if (hasWindow(node))
        text += tr("\nstride %1, padding %2")
                    .arg(node.stride)
                    .arg(node.padding == Padding::Same ? QStringLiteral("SAME") : QStringLiteral("VALID"));
    text += QStringLiteral("\n%1 → %2").arg(formatShape(in), formatShape(shape));
    if (node.hasWeights())
        text += tr("\n%1 parameters, %2")
                    .arg(QString::fromStdString(formatCount(cost.parameters)), gigaFlops(cost.flops));
    return text;
}

/// Reads the operations of a block into a graph, one after the other.
class Reader
{
public:
    Reader(const ModelSummary &model, const Block &block) : m_model(model), m_block(block)
    {
        m_graph.hasShortcut = block.residual;
        m_graph.cost = costOf(model.description, model.shapes, block);
    }

    BlockGraph read()
    {
        addInput();
        // The picture is a node of the first block.
        for (int node = std::max(m_block.firstNode, m_first + 1); node <= m_block.lastNode; ++node)
            addOperation(node);
        m_graph.lanes += m_graph.hasShortcut ? 1 : 0;
        for (GraphNode &node : m_graph.nodes)
            if (node.lastLane == Everywhere)
                node.lastLane = branches() - 1;
        m_graph.nodes.front().lastLane = m_graph.lanes - 1;
        return std::move(m_graph);
    }

private:
    static constexpr int Everywhere = -1;

    const Node &at(int node) const { return m_model.description.nodes[std::size_t(node)]; }
    const Shape &shape(int node) const { return m_model.shapes[std::size_t(node)]; }
    int branches() const { return m_graph.lanes - (m_graph.hasShortcut ? 1 : 0); }

    void addInput()
    {
        m_first = std::max(0, m_block.input);
        GraphNode input;
        input.operation = at(m_first).operation;
        input.address = QString::fromStdString(m_block.residual ? m_block.name + "/input"
                                               : m_first == 0   ? at(0).address()
                                                                : at(m_first).block + "/output");
        input.words = {m_first == 0 ? nameOf(at(0)) : QStringLiteral("x"), formatShape(shape(m_first))};
        input.explanation =
            QStringLiteral("%1\n%2\n%3")
                .arg(input.address, m_first == 0 ? kindOf(at(0)) : tr("x: what the block before has put out"),
                     formatShape(shape(m_first)));
        input.lastLane = Everywhere;
        m_graph.nodes.push_back(input);
    }

    int positionOf(int node) const { return node == m_first ? 0 : node - firstOperation() + 1; }
    int firstOperation() const { return std::max(m_block.firstNode, m_first + 1); }

    void addOperation(int node)
    {
        const Node &operation = at(node);
        const Cost cost = costOf(m_model.description, m_model.shapes, node);
        GraphNode drawn;
        drawn.address = QString::fromStdString(operation.address());
        drawn.operation = operation.operation;
        drawn.words = wordsOf(operation, shape(node), cost);
        drawn.explanation = explain(operation, shape(operation.inputs.front()), shape(node), cost);
        for (const int input : operation.inputs) {
            drawn.inputs.push_back(positionOf(input));
            drawn.step = std::max(drawn.step, m_graph.nodes[std::size_t(drawn.inputs.back())].step + 1);
        }
        placeInLane(drawn);
        m_graph.steps = std::max(m_graph.steps, drawn.step + 1);
        m_graph.nodes.push_back(std::move(drawn));
    }

    void placeInLane(GraphNode &drawn)
    {
        const GraphNode &before = m_graph.nodes[std::size_t(drawn.inputs.back())];
        if (drawn.inputs.size() > 1 || (drawn.inputs.front() != 0 && before.lastLane == Everywhere)) {
            drawn.lastLane = Everywhere;
        } else if (drawn.inputs.front() == 0) {
            drawn.firstLane = drawn.lastLane = m_nextLane++;
            m_graph.lanes = m_nextLane;
        } else {
            drawn.firstLane = drawn.lastLane = before.firstLane;
        }
    }

    const ModelSummary &m_model;
    const Block &m_block;
    BlockGraph m_graph;
    int m_first = 0; ///< the node that the block reads
    int m_nextLane = 0;
};

/// A drawing from the top down; the other direction is its mirror image along the diagonal.
class Drawer
{
public:
    Drawer(const BlockGraph &graph, const QSizeF &area, const DrawingMetrics &metrics, Qt::Orientation flow)
        : m_graph(graph), m_metrics(metrics), m_vertical(flow == Qt::Vertical)
    {
        const double along = m_vertical ? area.height() : area.width();
        const double across = m_vertical ? area.width() : area.height();
        // A line of words goes before long arrows.
        const double line = m_vertical ? 1.2 * metrics.lineHeight : 4.5 * metrics.lineHeight;
        const int gaps = std::max(1, graph.steps - 1);
        const double gap = std::clamp((along - graph.steps * line) / gaps, 0.3 * metrics.lineHeight,
                                      0.8 * metrics.lineHeight);
        m_box = (along - (graph.steps - 1) * gap) / graph.steps;
        // In a wide area longer gaps are worth more than longer boxes.
        const double most = m_vertical ? 4 * metrics.lineHeight : 11 * metrics.lineHeight;
        m_box = std::min(m_box, most);
        m_step = graph.steps > 1 ? std::min((along - m_box) / (graph.steps - 1), 1.8 * m_box + gap) : along;
        m_start = (along - (graph.steps - 1) * m_step - m_box) / 2;
        m_laneGap = 0.6 * metrics.lineHeight;
        const double widest = m_vertical ? 14 * metrics.lineHeight : 5 * metrics.lineHeight;
        m_lane = std::min((across - (graph.lanes - 1) * m_laneGap) / graph.lanes, widest);
        m_side = (across - graph.lanes * m_lane - (graph.lanes - 1) * m_laneGap) / 2;
        m_drawing.flow = flow;
    }

    BlockDrawing draw()
    {
        for (const GraphNode &node : m_graph.nodes) {
            m_drawing.boxes.push_back(turned(boxOf(node)));
            m_drawing.lines.push_back(linesIn(m_drawing.boxes.back(), node.words));
        }
        for (const GraphNode &to : m_graph.nodes)
            for (const int from : to.inputs)
                m_drawing.arrows.push_back(arrow(m_graph.nodes[std::size_t(from)], to));
        return std::move(m_drawing);
    }

    /// How badly words want for room.
    int missing() const { return m_missing; }

private:
    double laneStart(int lane) const { return m_side + lane * (m_lane + m_laneGap); }
    double laneCentre(int lane) const { return laneStart(lane) + m_lane / 2; }

    QRectF boxOf(const GraphNode &node) const
    {
        const double from = laneStart(node.firstLane);
        QRectF box(from, m_start + node.step * m_step, laneStart(node.lastLane) + m_lane - from, m_box);
        if (node.operation == Operation::ResidualAddition) {
            const double side = std::min({box.width(), box.height(), 2 * m_metrics.lineHeight});
            box = QRectF(box.center() - QPointF(side, side) / 2, QSizeF(side, side));
        } else if (node.operation != Operation::Concatenation && node.step > 0) {
            // What stands below several branches is no wider than they are, and in their middle.
            const double width =
                std::min(box.width(), std::max(m_lane, m_vertical ? 12 * m_metrics.lineHeight : m_lane));
            box = QRectF(box.center().x() - width / 2, box.top(), width, box.height());
        }
        return box;
    }

    QRectF turned(const QRectF &box) const
    {
        return m_vertical ? box : QRectF(box.top(), box.left(), box.height(), box.width());
    }

    QPolygonF arrow(const GraphNode &from, const GraphNode &to) const
    {
        const QRectF start = boxOf(from);
        const QRectF end = boxOf(to);
        QPolygonF line;
        if (to.operation == Operation::ResidualAddition && from.step == 0) {
            const double lane = laneCentre(m_graph.lanes - 1);
            line << QPointF(lane, start.bottom()) << QPointF(lane, end.center().y())
                 << QPointF(end.right(), end.center().y());
        } else {
            const bool narrowEnd = to.firstLane == to.lastLane;
            const GraphNode &narrow = narrowEnd ? to : from;
            const double lane =
                narrow.firstLane == narrow.lastLane ? laneCentre(narrow.firstLane) : end.center().x();
            line << QPointF(lane, start.bottom()) << QPointF(lane, end.top());
        }
        if (!m_vertical)
            for (QPointF &point : line)
                point = point.transposed();
        return line;
    }

    QStringList linesIn(const QRectF &box, const QStringList &words)
    {
        const int most = int((box.height() - 2) / m_metrics.lineHeight);
        const double room = box.width() - 0.5 * m_metrics.lineHeight;
        QStringList lines;
        int missing = int(words.size());
        for (const QString &word : words) {
            const QString longer = lines.isEmpty() ? word : lines.last() + QStringLiteral(" · ") + word;
            if (!lines.isEmpty() && m_metrics.widthOf(longer) <= room)
                lines.last() = longer;
            else if (lines.size() < most && m_metrics.widthOf(word) <= room)
                lines << word;
            else
                break;
            --missing;
        }
        // A box without a name is of no use, and of little with half of one.
        const bool isNamed = !lines.isEmpty();
        if (!isNamed && most > 0)
            lines << shortened(words.front(), box.width() - 0.15 * m_metrics.lineHeight);
        m_missing += isNamed ? missing : lines.isEmpty() ? 10'000 : 100;
        return lines;
    }

    /// The first word alone if that fits, "max" for "max 3 × 3"; of a kernel all, "3×3".
    QString shortened(const QString &text, double room) const
    {
        QString shown = text.front().isDigit() ? QString(text).remove(u' ') : text.section(u' ', 0, 0);
        for (qsizetype length = shown.size() - 1; length > 0 && m_metrics.widthOf(shown) > room; --length)
            shown = text.first(length) + u'…';
        return shown;
    }

    const BlockGraph &m_graph;
    const DrawingMetrics &m_metrics;
    bool m_vertical;
    double m_box = 0; ///< along the flow: of a box, from box to box, and before the first
    double m_step = 0;
    double m_start = 0;
    double m_lane = 0; ///< across: of a lane, between lanes, and beside them all
    double m_laneGap = 0;
    double m_side = 0;
    BlockDrawing m_drawing;
    int m_missing = 0;
};

} // namespace

BlockGraph graphOf(const ModelSummary &model, int block)
{
    return Reader(model, model.description.blocks[std::size_t(block)]).read();
}

BlockDrawing drawBlock(const BlockGraph &graph, const QSizeF &area, const DrawingMetrics &metrics)
{
    Drawer down(graph, area, metrics, Qt::Vertical);
    Drawer across(graph, area, metrics, Qt::Horizontal);
    BlockDrawing vertical = down.draw();
    BlockDrawing horizontal = across.draw();
    return across.missing() < down.missing() ? horizontal : vertical;
}

} // namespace reslens
