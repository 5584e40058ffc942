// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/maps/maps_fixture.h"
#include "ui/compare/difference.h"

#include <QtTest>

using namespace reslens;
using test::makeMaps;

class TestDifference : public QObject
{
    Q_OBJECT

private slots:
    void valuesAreSubtracted()
    {
        const BlockMapsPtr a = maps(1, 0);
        const BlockMapsPtr b = maps(-2, 1);
        const Difference difference = differenceOf(a, 0, b, 0, 2);
        const BlockMaps::Map &map = difference.maps->maps[0];
        QVERIFY((map.tensor->shape() == Shape{4, 5, 1}));
        double sum = 0;
        for (int y = 0; y < 4; ++y)
            for (int x = 0; x < 5; ++x) {
                const float expected = a->maps[0].tensor->at(y, x, 2) - b->maps[0].tensor->at(y, x, 2);
                QCOMPARE(map.tensor->at(y, x, 0), expected);
                sum += std::abs(double(expected));
            }
        QCOMPARE(difference.meanAbsolute, sum / 20);
        QCOMPARE(difference.greatestAbsolute,
                 std::max(std::abs(double(map.minimum)), std::abs(double(map.maximum))));
        QVERIFY(std::abs(*difference.correlation + 1) < 1e-9);
    }

    void zeroIsInTheMiddle()
    {
        const ColorScale scale = scaleOf(differenceOf(maps(1, 0), 0, maps(3, -2), 0, 0));
        QCOMPARE(scale.map, ColorMap::Diverging);
        QCOMPARE(scale.low, -scale.high);
        const Difference none = differenceOf(maps(1, 0), 0, maps(1, 0), 0, 1);
        QCOMPARE(none.greatestAbsolute, 0.0);
        QCOMPARE(scaleOf(none), (ColorScale{ColorMap::Diverging, -1, 1}));
        QVERIFY(std::abs(*none.correlation - 1) < 1e-9);
    }

    void aConstantMapCorrelatesWithNothing()
    {
        QVERIFY(!differenceOf(maps(0, 7), 0, maps(1, 0), 0, 0).correlation);
    }

    void bothHaveOneScale()
    {
        const BlockMapsPtr a = maps(1, 0);
        const BlockMapsPtr b = maps(2, 30);
        const ColorScale scale = commonScale(a->maps[0], b->maps[0], 1);
        QCOMPARE(scale, commonScale(b->maps[0], a->maps[0], 1));
        QCOMPARE(scale.high, std::max(a->maps[0].channels[1].maximum, b->maps[0].channels[1].maximum));
        // One signed tensor is enough for a scale around 0.
        const BlockMapsPtr negative = maps(-1, 0);
        QCOMPARE(commonScale(a->maps[0], negative->maps[0], 1).map, ColorMap::Diverging);
        QCOMPARE(commonScale(negative->maps[0], a->maps[0], 1).map, ColorMap::Diverging);
    }

    void theMostDifferentChannelIsFound()
    {
        const BlockMapsPtr a = maps(1, 0);
        const BlockMapsPtr b = makeMaps({4, 5, 3}, [&](int y, int x, int c) {
            return a->maps[0].tensor->at(y, x, c) + (c == 1 ? -0.5F : 0.25F);
        });
        QCOMPARE(mostDifferentChannel(*a->maps[0].tensor, *b->maps[0].tensor), 1);
        QCOMPARE(tensorNamed(*a, QStringLiteral("residual")), std::optional(0));
        QVERIFY(!tensorNamed(*a, QStringLiteral("mixed")));
    }

private:
    static BlockMapsPtr maps(float factor, float offset)
    {
        return makeMaps({4, 5, 3},
                        [=](int y, int x, int c) { return factor * float(3 * y + x + c) + offset; });
    }
};

QTEST_GUILESS_MAIN(TestDifference)
#include "test_difference.moc"
