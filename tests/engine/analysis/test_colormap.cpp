// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/colormap.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace reslens;

class ColormapTest : public QObject
{
    Q_OBJECT

    static double luminance(const Rgb &rgb)
    {
        const auto linear = [](std::uint8_t level) { return std::pow(level / 255.0, 2.2); };
        return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
    }

private slots:
    void endsAreThePublishedOnes_data()
    {
        QTest::addColumn<int>("map");
        QTest::addColumn<QList<int>>("low");
        QTest::addColumn<QList<int>>("high");
        QTest::newRow("viridis") << int(ColorMap::Viridis) << QList<int>{68, 1, 84}
                                 << QList<int>{253, 231, 37};
        QTest::newRow("inferno") << int(ColorMap::Inferno) << QList<int>{0, 0, 4}
                                 << QList<int>{252, 255, 164};
        QTest::newRow("cividis") << int(ColorMap::Cividis) << QList<int>{0, 34, 78}
                                 << QList<int>{254, 232, 56};
        QTest::newRow("grey") << int(ColorMap::Grey) << QList<int>{0, 0, 0} << QList<int>{255, 255, 255};
        QTest::newRow("diverging") << int(ColorMap::Diverging) << QList<int>{59, 76, 192}
                                   << QList<int>{180, 4, 38};
    }

    void endsAreThePublishedOnes()
    {
        QFETCH(int, map);
        QFETCH(QList<int>, low);
        QFETCH(QList<int>, high);
        const auto levels = [&](float t) {
            const Rgb rgb = colour(ColorMap(map), t);
            return QList<int>{rgb[0], rgb[1], rgb[2]};
        };
        QCOMPARE(levels(0), low);
        QCOMPARE(levels(1), high);
        QCOMPARE(levels(-3), low);
        QCOMPARE(levels(7), high);
        QCOMPARE(levels(std::numeric_limits<float>::infinity()), high);
        QCOMPARE(levels(std::numeric_limits<float>::quiet_NaN()), low);
    }

    void magnitudesGrowBrighter()
    {
        for (const ColorMap map : {ColorMap::Viridis, ColorMap::Inferno, ColorMap::Cividis, ColorMap::Grey}) {
            double last = -1;
            for (int step = 0; step <= 64; ++step) {
                const double now = luminance(colour(map, float(step) / 64));
                QVERIFY2(now >= last, qPrintable(QString::number(step)));
                last = now;
            }
        }
    }

    void entriesAreInterpolated()
    {
        for (int level = 0; level < 256; ++level)
            QCOMPARE(int(colour(ColorMap::Grey, float(level) / 255)[1]), level);
        // Viridis' entries 0 and 1 differ in blue by 2.
        QCOMPARE(int(colour(ColorMap::Viridis, 0.5F / 255)[2]), 85);
    }

    void zeroIsNeutral()
    {
        const Rgb middle = colour(ColorMap::Diverging, 0.5F);
        QVERIFY(std::abs(middle[0] - middle[1]) <= 1 && std::abs(middle[1] - middle[2]) <= 1);
        const Rgb negative = colour(ColorMap::Diverging, 0.25F);
        const Rgb positive = colour(ColorMap::Diverging, 0.75F);
        QVERIFY(negative[2] > negative[0] + 50);
        QVERIFY(positive[0] > positive[2] + 50);
    }

    void rangesMapToTheUnitInterval()
    {
        QCOMPARE(positionInRange(-2, -2, 6), 0.0F);
        QCOMPARE(positionInRange(0, -2, 6), 0.25F);
        QCOMPARE(positionInRange(6, -2, 6), 1.0F);
        QCOMPARE(positionInRange(8, -2, 6), 1.25F);
        QCOMPARE(positionInRange(3, 3, 3), 0.0F);
    }

    void scalesKeepTheMeaningOfZero()
    {
        const ColorScale magnitudes = scaleFor(0.5F, 4);
        QVERIFY((magnitudes == ColorScale{ColorMap::Viridis, 0, 4}));
        QVERIFY(magnitudes.colour(0) == colour(ColorMap::Viridis, 0));
        QVERIFY(magnitudes.colour(4) == colour(ColorMap::Viridis, 1));

        const ColorScale signedValues = scaleFor(-1, 3);
        QVERIFY((signedValues == ColorScale{ColorMap::Diverging, -3, 3}));
        QVERIFY((scaleFor(-5, 3) == ColorScale{ColorMap::Diverging, -5, 5}));
        QVERIFY(signedValues.colour(0) == colour(ColorMap::Diverging, 0.5F));
    }
};

QTEST_APPLESS_MAIN(ColormapTest)
#include "test_colormap.moc"
