// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/shapes.h"
#include "ui/network/block_graph.h"
#include "ui/network/block_types.h"

#include "ui/session/block_model.h"

#include <QtTest>

using namespace reslens;

namespace {

/// The summary of the published network.
const ModelSummary &official()
{
    static const ModelSummary model = [] {
        ModelSummary summary;
        summary.description = describe(Architecture::standard());
        summary.shapes = inferShapes(summary.description, 299);
        return summary;
    }();
    return model;
}

int blockNamed(const char *name)
{
    const std::vector<Block> &blocks = official().description.blocks;
    return int(official().description.findBlock(name) - blocks.data());
}

const GraphNode &nodeAt(const BlockGraph &graph, const char *address)
{
    return *std::ranges::find(graph.nodes, QLatin1String(address), &GraphNode::address);
}

/// A fixed-width font.
const DrawingMetrics Metrics{[](const QString &text) { return 7.0 * double(text.size()); }, 15};

} // namespace

class TestBlockGraph : public QObject
{
    Q_OBJECT

private slots:
    void blocksHaveTheirBranches_data()
    {
        QTest::addColumn<int>("lanes");
        QTest::addColumn<int>("steps");
        QTest::addColumn<int>("nodes");
        QTest::newRow("stem") << 1 << 8 << 8;
        QTest::newRow("mixed_5b") << 4 << 5 << 10;
        QTest::newRow("block35_1") << 4 << 8 << 11;
        QTest::newRow("mixed_6a") << 3 << 5 << 7;
        QTest::newRow("block17_20") << 3 << 8 << 9;
        QTest::newRow("mixed_7a") << 4 << 5 << 10;
        QTest::newRow("block8_10") << 3 << 7 << 8;
        QTest::newRow("conv_7b") << 1 << 2 << 2;
        QTest::newRow("predictions") << 1 << 4 << 4;
    }

    void blocksHaveTheirBranches()
    {
        QFETCH(int, lanes);
        QFETCH(int, steps);
        QFETCH(int, nodes);
        const BlockGraph graph = graphOf(official(), blockNamed(QTest::currentDataTag()));
        QCOMPARE(graph.lanes, lanes);
        QCOMPARE(graph.steps, steps);
        QCOMPARE(int(graph.nodes.size()), nodes);
        for (const GraphNode &node : graph.nodes) {
            QVERIFY(!node.words.isEmpty() && !node.explanation.isEmpty());
            QVERIFY(node.firstLane >= 0 && node.firstLane <= node.lastLane && node.lastLane < lanes);
            QVERIFY2(official().description.find(node.address.toStdString()), qPrintable(node.address));
            for (const int input : node.inputs)
                QVERIFY(graph.nodes[std::size_t(input)].step < node.step);
        }
        QVERIFY(!blockTypeOf(stageOf(QLatin1String(QTest::currentDataTag()))).purpose.isEmpty());
        QVERIFY(!blockTypeOf(stageOf(QLatin1String(QTest::currentDataTag()))).paper.isEmpty());
    }

    void convolutionsSayWhatTheyAre()
    {
        const BlockGraph graph = graphOf(official(), blockNamed("block17_3"));
        QCOMPARE(nodeAt(graph, "block17_3/branch_1_conv_2").words.mid(0, 4),
                 QStringList({QStringLiteral("1 × 7"), QStringLiteral("160"), QStringLiteral("stride 1"),
                              QStringLiteral("same")}));
        const GraphNode &up = nodeAt(graph, "block17_3/residual");
        QVERIFY(up.words.contains(QStringLiteral("× 0.1")));
        QVERIFY(up.words.contains(QStringLiteral("418,880 parameters")));
        QCOMPARE(nodeAt(graph, "block17_3/sum").inputs.front(), 0);
        QCOMPARE(graph.nodes.front().lastLane, 2);

        const BlockGraph reduction = graphOf(official(), blockNamed("mixed_6a"));
        const QStringList &words = nodeAt(reduction, "mixed_6a/branch_0").words;
        QVERIFY(words.contains(QStringLiteral("stride 2")) && words.contains(QStringLiteral("valid")));
        QCOMPARE(reduction.nodes.front().address, QStringLiteral("block35_10/output"));
    }

    void drawingsStayInTheirArea_data()
    {
        QTest::addColumn<QSizeF>("area");
        QTest::newRow("least") << QSizeF(360, 170);
        QTest::newRow("laptop") << QSizeF(460, 330);
        QTest::newRow("wide") << QSizeF(1600, 300);
        QTest::newRow("projector") << QSizeF(1500, 900);
    }

    void drawingsStayInTheirArea()
    {
        QFETCH(QSizeF, area);
        const QRectF all = QRectF(QPointF(), area).adjusted(-0.1, -0.1, 0.1, 0.1);
        for (int block = 0; block < int(official().description.blocks.size()); ++block) {
            const BlockGraph graph = graphOf(official(), block);
            const BlockDrawing drawing = drawBlock(graph, area, Metrics);
            for (std::size_t i = 0; i < drawing.boxes.size(); ++i) {
                const QRectF &box = drawing.boxes[i];
                QVERIFY(all.contains(box));
                for (std::size_t other = 0; other < i; ++other)
                    QVERIFY(!box.intersects(drawing.boxes[other]));
                QVERIFY2(!drawing.lines[i].isEmpty(), qPrintable(graph.nodes[i].address));
                for (const QString &line : drawing.lines[i])
                    QVERIFY(Metrics.widthOf(line) <= box.width());
                QVERIFY(double(drawing.lines[i].size()) * Metrics.lineHeight <= box.height());
            }
            for (const QPolygonF &arrow : drawing.arrows)
                for (const QPointF &corner : arrow)
                    QVERIFY(all.contains(corner));
        }
    }

    void whereRoomIsShortEachBoxStillHasAName()
    {
        const BlockGraph graph = graphOf(official(), blockNamed("stem"));
        const BlockDrawing drawing = drawBlock(graph, {330, 100}, Metrics);
        QCOMPARE(drawing.flow, Qt::Horizontal);
        for (std::size_t i = 0; i < drawing.lines.size(); ++i)
            QVERIFY2(!drawing.lines[i].isEmpty(), qPrintable(graph.nodes[i].address));
        QCOMPARE(drawing.lines[1].front(), QStringLiteral("3×3"));
    }

    void arrowsLeadFromBoxToBox()
    {
        const BlockGraph graph = graphOf(official(), blockNamed("block35_2"));
        const BlockDrawing drawing = drawBlock(graph, {460, 330}, Metrics);
        QCOMPARE(drawing.flow, Qt::Vertical);
        std::size_t arrow = 0;
        for (std::size_t to = 0; to < graph.nodes.size(); ++to) {
            for (const int from : graph.nodes[to].inputs) {
                const auto touches = [](const QRectF &box, const QPointF &point) {
                    return box.adjusted(-0.1, -0.1, 0.1, 0.1).contains(point);
                };
                QVERIFY(touches(drawing.boxes[std::size_t(from)], drawing.arrows[arrow].first()));
                QVERIFY(touches(drawing.boxes[to], drawing.arrows[arrow].last()));
                ++arrow;
            }
        }
        QCOMPARE(arrow, drawing.arrows.size());
    }
};

QTEST_APPLESS_MAIN(TestBlockGraph)
#include "test_block_graph.moc"
