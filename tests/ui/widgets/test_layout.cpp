// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/network/strip_layout.h"
#include "ui/widgets/view_transform.h"

#include <QtTest>

using namespace reslens;

namespace {

QStringList stages(int block35, int block17, int block8)
{
    QStringList names{QStringLiteral("stem"), QStringLiteral("mixed_5b")};
    names += QStringList(block35, QStringLiteral("block35"));
    names << QStringLiteral("mixed_6a");
    names += QStringList(block17, QStringLiteral("block17"));
    names << QStringLiteral("mixed_7a");
    names += QStringList(block8, QStringLiteral("block8"));
    return names << QStringLiteral("conv_7b") << QStringLiteral("predictions");
}

/// Every caption takes 60 pixels, that of the predictions 75.
StripMetrics metricsFor(const QStringList &names)
{
    StripMetrics metrics{.captionHeight = 18, .gap = 8, .captionWidths = {}};
    for (const QString &name : names)
        metrics.captionWidths.push_back(name == QStringLiteral("predictions") ? 75 : 60);
    return metrics;
}

} // namespace

class TestLayout : public QObject
{
    Q_OBJECT

private slots:
    void stripFits_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QSize>("area");
        QTest::addColumn<int>("leastTile");
        const QStringList official = stages(10, 20, 10);
        QTest::newRow("1024 x 700") << official << QSize(620, 330) << 26;
        QTest::newRow("full HD") << official << QSize(1200, 560) << 70;
        QTest::newRow("4K") << official << QSize(2450, 1200) << 150;
        QTest::newRow("narrow and high") << official << QSize(330, 700) << 20;
        QTest::newRow("odd counts") << stages(3, 7, 2) << QSize(620, 330) << 40;
        QTest::newRow("one of each") << stages(1, 1, 1) << QSize(620, 330) << 40;
    }

    void stripFits()
    {
        QFETCH(QStringList, names);
        QFETCH(QSize, area);
        QFETCH(int, leastTile);
        const StripLayout layout = layOutStrip(names, area, metricsFor(names));
        QCOMPARE(int(layout.tiles.size()), int(names.size()));
        QVERIFY2(layout.tile >= leastTile, qPrintable(QString::number(layout.tile)));
        QRegion taken;
        for (const QRect &tile : layout.tiles) {
            QVERIFY(QRect(QPoint(), area).contains(tile));
            QVERIFY(!taken.intersects(tile));
            taken += tile;
        }
        for (const QRect &bar : layout.bars) {
            QVERIFY(QRect(QPoint(), area).contains(bar));
            QVERIFY(!taken.intersects(bar));
            taken += bar;
        }
        for (const StripLayout::Caption &caption : layout.captions) {
            QVERIFY2(!taken.intersects(caption.rect), qPrintable(caption.text));
            taken += caption.rect;
        }
        QVERIFY(QRect(QPoint(), area).contains(QRect(QPoint(), layout.size)));
    }

    void moreLinesHaveToBuyMuchLargerTiles_data()
    {
        QTest::addColumn<QSize>("area");
        QTest::addColumn<int>("columns");
        QTest::newRow("somewhat larger in more lines") << QSize(800, 640) << 10;
        QTest::newRow("twice as large in more lines") << QSize(800, 1000) << 5;
    }

    void moreLinesHaveToBuyMuchLargerTiles()
    {
        QFETCH(QSize, area);
        QFETCH(int, columns);
        const QStringList names = stages(10, 20, 10);
        const StripLayout layout = layOutStrip(names, area, metricsFor(names));
        const auto first = std::size_t(names.indexOf(QStringLiteral("block17")));
        const auto inLine = std::ranges::count(layout.tiles, layout.tiles[first].top(),
                                               [](const QRect &tile) { return tile.top(); });
        // The reduction stands in the same line.
        QCOMPARE(int(inLine), columns + 1);
    }

    void captionsAreWholeWhereHeightIsShort()
    {
        const QStringList names = stages(10, 20, 10);
        const StripLayout layout = layOutStrip(names, {620, 180}, metricsFor(names));
        QVERIFY(layout.tile < 20);
        for (const StripLayout::Caption &caption : layout.captions)
            QVERIFY2(caption.rect.width() >= 60, qPrintable(caption.text));
    }

    void arrowsLeadFromBlockToBlock()
    {
        for (const int block17 : {7, 20}) {
            const QStringList names = stages(10, block17, 10);
            const StripMetrics metrics = metricsFor(names);
            const StripLayout layout = layOutStrip(names, {620, 330}, metrics);
            QCOMPARE(layout.arrows.size(), layout.tiles.size() - 1);
            QRegion taken;
            for (std::size_t i = 0; i < layout.tiles.size(); ++i)
                taken += QRegion(layout.tiles[i]) + layout.bars[i];
            for (std::size_t i = 0; i < layout.arrows.size(); ++i) {
                const QPolygon &arrow = layout.arrows[i];
                QCOMPARE(arrow.first().x(), layout.tiles[i].right() + 1);
                QCOMPARE(arrow.last().x(), layout.tiles[i + 1].left());
                QVERIFY(arrow[arrow.size() - 2].x() < arrow.last().x());
                for (const QPoint &corner : arrow)
                    QVERIFY(corner == arrow.last() || !taken.contains(corner));
                const int half = metrics.gap / 2;
                QVERIFY(QRect(QPoint(), layout.size)
                            .adjusted(-half, -half, half, half)
                            .contains(arrow.boundingRect().adjusted(0, 0, -1, -1)));
            }
        }
    }

    void stripReadsInOrder()
    {
        const QStringList names = stages(10, 20, 10);
        const StripLayout layout = layOutStrip(names, {1200, 560}, metricsFor(names));
        for (std::size_t i = 1; i < layout.tiles.size(); ++i) {
            const QRect &before = layout.tiles[i - 1];
            const QRect &now = layout.tiles[i];
            QVERIFY(now.top() > before.top() || (now.top() == before.top() && now.left() > before.left()));
        }
        QCOMPARE(int(layout.captions.size()), 9);
        QCOMPARE(layout.captions[2].text, QStringLiteral("block35 × 10"));
        QCOMPARE(layout.captions[2].first, 2);
        QCOMPARE(layout.captions[8].first, 45);
        QVERIFY(layOutStrip({}, {100, 100}, {}).tiles.empty());
    }

    void fitShowsTheWholePicture()
    {
        ViewTransform transform;
        transform.setPicture({4000, 2000});
        transform.setView({400, 400});
        QCOMPARE(transform.scale(), 0.1);
        QCOMPARE(transform.pictureRect(), QRectF(0, 100, 400, 200));
        QCOMPARE(transform.toPicture({200, 200}), QPointF(2000, 1000));
    }

    void zoomKeepsThePointUnderTheMouse()
    {
        ViewTransform transform;
        transform.setPicture({4000, 2000});
        transform.setView({400, 400});
        const QPointF anchor(120, 220);
        const QPointF before = transform.toPicture(anchor);
        transform.setScale(1, anchor);
        QVERIFY(!transform.isFitted());
        QCOMPARE(transform.toPicture(anchor), before);
        transform.setScale(1e9, anchor);
        QCOMPARE(transform.scale(), 64.0);
        transform.setScale(1e-9, anchor);
        QCOMPARE(transform.pictureRect().center(), QPointF(200, 200));
    }

    void panStopsAtTheEdge()
    {
        ViewTransform transform;
        transform.setPicture({1000, 1000});
        transform.setView({400, 400});
        transform.pan({50, 50});
        QCOMPARE(transform.pictureRect(), QRectF(0, 0, 400, 400));
        transform.setScale(1, {0, 0});
        transform.pan({100, 100});
        QCOMPARE(transform.pictureRect().topLeft(), QPointF(0, 0));
        transform.pan({-5000, -100});
        QCOMPARE(transform.pictureRect().topLeft(), QPointF(-600, -100));
    }
};

QTEST_APPLESS_MAIN(TestLayout)
#include "test_layout.moc"
