// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/montage.h"
#include "engine/error.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace reslens;

class MontageTest : public QObject
{
    Q_OBJECT

    static Tensor randomMap(const Shape &shape)
    {
        Tensor map(shape);
        std::mt19937 random(20160223);
        std::uniform_real_distribution<float> values(-1, 1);
        std::ranges::generate(map.values(), [&] { return values(random); });
        return map;
    }

    static Rgb pixel(const Image &picture, int x, int y)
    {
        const std::uint8_t *at = picture.row(y) + std::ptrdiff_t(x) * 3;
        return {at[0], at[1], at[2]};
    }

private slots:
    void laysChannelsOutRowByRow_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("zoom");
        QTest::addColumn<int>("columns");
        QTest::newRow("35 x 35") << 35 << 35 << 10 << 1 << 3;
        QTest::newRow("8 x 8, enlarged") << 8 << 8 << 17 << 4 << 4;
        QTest::newRow("vector") << 1 << 1 << 100 << 32 << 10;
        QTest::newRow("one channel") << 20 << 20 << 1 << 1 << 1;
        QTest::newRow("wide map") << 16 << 32 << 8 << 1 << 2;
    }

    void laysChannelsOutRowByRow()
    {
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(int, channels);
        QFETCH(int, zoom);
        QFETCH(int, columns);
        const Tensor map = randomMap({height, width, channels});
        const ColorScale scale{ColorMap::Diverging, -1, 1};
        const Image picture = montage(map.view(), scale);

        const int rows = (channels + columns - 1) / columns;
        QCOMPARE(picture.width, columns * (width * zoom + 1) - 1);
        QCOMPARE(picture.height, rows * (height * zoom + 1) - 1);
        QCOMPARE(picture.pixels.size(), std::size_t(picture.width) * std::size_t(picture.height) * 3);
        const Rgb grey{128, 128, 128};
        for (int y = 0; y < picture.height; ++y) {
            for (int x = 0; x < picture.width; ++x) {
                const int column = x / (width * zoom + 1);
                const int row = y / (height * zoom + 1);
                const int inTileX = x % (width * zoom + 1);
                const int inTileY = y % (height * zoom + 1);
                const int channel = row * columns + column;
                const bool inside = inTileX < width * zoom && inTileY < height * zoom && channel < channels;
                const Rgb expected =
                    inside ? scale.colour(map.at(inTileY / zoom, inTileX / zoom, channel)) : grey;
                QVERIFY2(pixel(picture, x, y) == expected, qPrintable(QString("%1, %2").arg(x).arg(y)));
            }
        }
    }

    void refusesAMapWithoutValues() { QVERIFY_EXCEPTION_THROWN(montage(TensorView{}, {}), Error); }
};

QTEST_APPLESS_MAIN(MontageTest)
#include "test_montage.moc"
