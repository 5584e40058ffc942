// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cost.h"
#include "ui/worker/results.h"

#include <QPolygonF>
#include <QRectF>
#include <QStringList>
#include <functional>
#include <vector>

namespace reslens {

/// What is drawn of one operation inside a block.
struct GraphNode
{
    QString address; ///< of the tensor it puts out: "block35_1/branch_1"
    Operation operation = Operation::Input;
    /// What is written on it, the most important first: kernel, channels, stride, padding, parameters,
    /// operations.
    QStringList words;
    QString explanation; ///< everything about it, in several lines
    int step = 0;        ///< how many operations lead to it, on the longest way
    /// The lanes that it takes. A branch keeps to one; what forks or joins takes all that it touches.
    int firstLane = 0;
    int lastLane = 0;
    std::vector<int> inputs; ///< positions in BlockGraph::nodes
};

/// One block of the network as it is drawn, read off the network's description: its input and every operation
/// in it, in execution order, each branch in a lane of its own and the shortcut in the last.
struct BlockGraph
{
    std::vector<GraphNode> nodes; ///< the first is the block's input
    int lanes = 1;                ///< the shortcut's included
    int steps = 1;
    bool hasShortcut = false;
    Cost cost; ///< of the whole block
};

/// `block`: position in Description::blocks.
BlockGraph graphOf(const ModelSummary &model, int block);

/// Where everything goes.
struct BlockDrawing
{
    Qt::Orientation flow = Qt::Vertical; ///< from the top down, or from left to right
    std::vector<QRectF> boxes;           ///< one a node
    std::vector<QPolygonF> arrows;       ///< from the one box to the next; the last point is the tip
    std::vector<QStringList> lines;      ///< the words that fit into each box
};

/// Measures of the font that the boxes are written in.
struct DrawingMetrics
{
    std::function<double(const QString &)> widthOf;
    double lineHeight = 16;
};

/// The drawing that fills an area, in the direction in which more words find room.
BlockDrawing drawBlock(const BlockGraph &graph, const QSizeF &area, const DrawingMetrics &metrics);

} // namespace reslens
