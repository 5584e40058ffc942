// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/saliency/display.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <random>

using namespace reslens;

namespace {

Tensor mapOf(int height, int width, const std::vector<float> &values)
{
    Tensor map({height, width, 1});
    std::ranges::copy(values, map.values().begin());
    return map;
}

} // namespace

class TestDisplay : public QObject
{
    Q_OBJECT

private slots:
    void zeroIsInTheMiddle_data()
    {
        QTest::addColumn<float>("low");
        QTest::addColumn<float>("high");
        QTest::newRow("both signs") << -0.3F << 7.0F;
        QTest::newRow("mostly against") << -9.0F << 0.001F;
        QTest::newRow("only for") << 1.0F << 2.0F;
        QTest::newRow("only against") << -2.0F << -1.0F;
        QTest::newRow("nothing") << 0.0F << 0.0F;
    }

    void zeroIsInTheMiddle()
    {
        QFETCH(float, low);
        QFETCH(float, high);
        const ColorScale scale = saliencyScale({low, high}, true);
        QCOMPARE(scale.map, ColorMap::Diverging);
        QCOMPARE(positionInRange(0, scale.low, scale.high), 0.5F);
        QVERIFY(scale.low <= low && scale.high >= high);
        QCOMPARE(scale.colour(0), colour(ColorMap::Diverging, 0.5F));
    }

    void unsignedMapsStartAtZero()
    {
        const ColorScale scale = saliencyScale({0.5F, 2.0F}, false);
        QVERIFY(scale == (ColorScale{ColorMap::Inferno, 0, 2}));
        QCOMPARE(saliencyScale({0, 0}, false).colour(0), colour(ColorMap::Inferno, 0));
    }

    void remarksSayWhatColoursCannot()
    {
        QCOMPARE(remarkOn({0, 0}, true), std::string("The map is zero everywhere."));
        QCOMPARE(remarkOn({-0.25F, -0.25F}, true),
                 std::string("The map has the same value everywhere: -0.25."));
        QVERIFY(remarkOn({-2, -1}, true).starts_with("Nothing in the map speaks for the class"));
        QVERIFY(remarkOn({-2, 0}, true).starts_with("Nothing in the map speaks for the class"));
        QCOMPARE(remarkOn({-1, 0.1F}, true), std::string());
        QCOMPARE(remarkOn({0, 1}, false), std::string());
    }

    void valuesThatAreNotFiniteAreRefused()
    {
        for (const float bad :
             {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
            const Tensor map = mapOf(1, 2, {1, bad});
            QVERIFY_EXCEPTION_THROWN(rangeOf(map), Error);
            QVERIFY_EXCEPTION_THROWN(enlarged(map, 4, 4), Error);
        }
    }

    void enlargingPassesThroughEveryValueAndStaysWithin()
    {
        std::mt19937 random(7);
        std::normal_distribution<float> normal;
        Tensor map({5, 7, 1});
        std::ranges::generate(map.values(), [&] { return normal(random); });
        const MapRange range = rangeOf(map);
        // By an odd factor, the middle of each block of pixels is a position of the map.
        const Tensor large = enlarged(map, 5 * 9, 7 * 9);
        for (int y = 0; y < 5; ++y)
            for (int x = 0; x < 7; ++x)
                QVERIFY(std::abs(large.at(9 * y + 4, 9 * x + 4, 0) - map.at(y, x, 0)) < 1e-5F);
        QVERIFY(std::ranges::all_of(
            large.values(), [&](float value) { return value >= range.minimum && value <= range.maximum; }));
        QVERIFY(std::ranges::equal(enlarged(map, 5, 7).values(), map.values()));
    }

    void enlargingKeepsPositionsWhereTheyLook()
    {
        const Tensor map = mapOf(2, 2, {1, 2, 3, 4});
        // Centred on pixels 10 and 18 of 30, three times as large.
        const Tensor large = enlarged(map, {.originY = 10.5, .originX = 10.5, .step = 8}, 30, 90);
        QVERIFY((large.shape() == Shape{90, 90, 1}));
        for (int y = 0; y < 2; ++y)
            for (int x = 0; x < 2; ++x)
                QVERIFY(std::abs(large.at(31 + 24 * y, 31 + 24 * x, 0) - map.at(y, x, 0)) < 1e-5F);
        // Up to the edges the outermost values go on.
        QCOMPARE(large.at(0, 0, 0), 1.0F);
        QCOMPARE(large.at(89, 0, 0), 3.0F);
        QCOMPARE(large.at(89, 89, 0), 4.0F);
        // Positions that cover the input are the whole map.
        const Tensor whole = enlarged(map, {.originY = 7.5, .originX = 7.5, .step = 15}, 30, 90);
        QVERIFY(std::ranges::equal(whole.values(), enlarged(map, 90, 90).values()));
    }

    void anOverlayMixesPhotoAndMap()
    {
        const Image photo{2, 1, {10, 20, 30, 200, 100, 0}};
        const Tensor map = mapOf(1, 2, {-1, 1});
        const ColorScale scale = saliencyScale(rangeOf(map), true);
        QVERIFY_EXCEPTION_THROWN(overlaid(photo, mapOf(2, 1, {-1, 1}), scale, 0), Error);
        QCOMPARE(overlaid(photo, map, scale, 0).pixels, photo.pixels);
        QCOMPARE(overlaid(photo, map, scale, 1).pixels, coloured(map, scale).pixels);
        const Image half = overlaid(photo, map, scale, 0.5F);
        const Rgb low = colour(ColorMap::Diverging, 0);
        const float share = coverage(scale, -1, 0.5F);
        for (std::size_t c = 0; c < 3; ++c)
            QVERIFY(std::abs(float(half.pixels[c]) -
                             (share * float(low[c]) + (1 - share) * float(photo.pixels[c]))) <= 0.51F);
    }

    void aFewOutliersDoNotPaleTheRest()
    {
        Tensor map({20, 20, 1});
        for (std::size_t i = 0; i < 400; ++i)
            map.values()[i] = (i % 2 ? -1.0F : 1.0F) * float(i) / 400;
        map.values()[7] = 50;
        map.values()[8] = -70;
        const MapRange range = rangeOf(map);
        QCOMPARE(range.minimum, -70.0F);
        QCOMPARE(range.maximum, 50.0F);
        // Of 400 magnitudes 4 are greater.
        QCOMPARE(range.extent, 397 / 400.0F);
        const ColorScale scale = saliencyScale(range, true);
        QCOMPARE(scale.high, range.extent);
        QCOMPARE(scale.low, -range.extent);
        QCOMPARE(scale.colour(50), colour(ColorMap::Diverging, 1));
        QCOMPARE(coverage(scale, -70, 0.5F), coverage(scale, -range.extent, 0.5F));
        QCOMPARE(saliencyScale(range, false).high, range.extent);
        // So few values that none is an outlier, or hardly any that is not zero.
        QCOMPARE(rangeOf(mapOf(1, 3, {-1, 0, 5})).extent, 5.0F);
        Tensor sparse({20, 20, 1});
        std::ranges::fill(sparse.values(), 0.0F);
        sparse.values()[3] = -2;
        QCOMPARE(saliencyScale(rangeOf(sparse), true).high, 2.0F);
    }

    void valuesFarFromZeroHideMoreOfThePhoto()
    {
        const ColorScale isSigned = saliencyScale({-2, 1}, true);
        const ColorScale magnitudes = saliencyScale({0, 2}, false);
        for (const float opacity : {0.2F, 0.5F, 0.9F}) {
            QVERIFY(coverage(isSigned, 0, opacity) < 0.03F);
            QVERIFY(coverage(isSigned, 0, opacity) < coverage(isSigned, 1, opacity));
            QVERIFY(coverage(isSigned, 1, opacity) < coverage(isSigned, -2, opacity));
            QVERIFY(coverage(isSigned, -2, opacity) > opacity);
            QCOMPARE(coverage(isSigned, -1, opacity), coverage(isSigned, 1, opacity));
            QVERIFY(coverage(magnitudes, 0, opacity) < coverage(magnitudes, 1, opacity));
            QCOMPARE(coverage(magnitudes, 2, opacity), coverage(isSigned, -2, opacity));
        }
        for (const float value : {-2.0F, 0.0F, 1.0F}) {
            QCOMPARE(coverage(isSigned, value, 0), 0.0F);
            QCOMPARE(coverage(isSigned, value, 1), 1.0F);
        }
    }
};

QTEST_GUILESS_MAIN(TestDisplay)
#include "test_display.moc"
