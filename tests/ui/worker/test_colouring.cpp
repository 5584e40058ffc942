// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/maps/maps_fixture.h"
#include "ui/maps/histogram.h"
#include "ui/maps/unit.h"
#include "ui/worker/colouring.h"
#include "ui/worker/map_areas.h"

#include <QtTest>
#include <numeric>

using namespace reslens;
using test::makeMaps;

namespace {

QRgb asPixel(const Rgb &rgb)
{
    return qRgb(rgb[0], rgb[1], rgb[2]);
}

BlockMapsPtr signedMaps()
{
    return makeMaps({5, 4, 3},
                    [](int y, int x, int c) { return c == 2 ? 0.0F : float(3 * y + x - 2) * (c + 1); });
}

} // namespace

class TestColouring : public QObject
{
    Q_OBJECT

private slots:
    void zeroIsTheMiddleOfSignedTensors()
    {
        const BlockMapsPtr maps = signedMaps();
        const BlockMaps::Map &map = maps->maps[0];
        const QRgb middle = asPixel(colour(ColorMap::Diverging, 0.5F));
        for (const Contrast contrast : {Contrast::Map, Contrast::Tensor}) {
            for (const double cut : {0.0, 0.05}) {
                for (int channel = 0; channel < 3; ++channel) {
                    const Colouring colouring{{}, contrast, cut};
                    const ColorScale scale = scaleOver(valueLimits(map, channel, colouring), map, colouring);
                    QCOMPARE(scale.map, ColorMap::Diverging);
                    QCOMPARE(scale.low, -scale.high);
                    const QImage picture = paintChannel(map.tensor->view(), channel, scale);
                    // Channels 0 and 1 are 0 at row 0, column 2; channel 2 is 0 everywhere.
                    QCOMPARE(picture.pixel(2, 0), middle);
                    QCOMPARE(picture.pixel(0, 0) == middle, channel == 2);
                }
            }
        }
    }

    void lockedLimitsStay()
    {
        const BlockMapsPtr maps = signedMaps();
        const BlockMaps::Map &map = maps->maps[0];
        Colouring colouring{{}, Contrast::Locked, 0};
        QCOMPARE(valueLimits(map, 1, colouring), std::pair(map.minimum, map.maximum));
        colouring.locked = {-3.0F, 8.0F};
        QCOMPARE(valueLimits(map, 1, colouring), std::pair(-3.0F, 8.0F));
        // Limits below 0 mean a signed tensor, even for a picture that has no negative value.
        const BlockMapsPtr positive = makeMaps({2, 2, 1}, [](int, int, int) { return 1.0F; });
        QCOMPARE(scaleOver(*colouring.locked, positive->maps[0], colouring),
                 (ColorScale{ColorMap::Diverging, -8, 8}));
    }

    void picturesHaveTheScalesColours()
    {
        const BlockMapsPtr maps = signedMaps();
        for (const ColorMap map :
             {ColorMap::Viridis, ColorMap::Inferno, ColorMap::Cividis, ColorMap::Grey, ColorMap::Diverging}) {
            const ColorScale scale{map, -2, 9};
            const QImage picture = paintChannel(maps->maps[0].tensor->view(), 0, scale);
            for (int y = 0; y < 5; ++y) {
                for (int x = 0; x < 4; ++x) {
                    const Rgb exact = scale.colour(maps->maps[0].tensor->at(y, x, 0));
                    const QColor found(picture.pixel(x, y));
                    QVERIFY(std::abs(found.red() - exact[0]) <= 1 &&
                            std::abs(found.green() - exact[1]) <= 1 &&
                            std::abs(found.blue() - exact[2]) <= 1);
                }
            }
        }
    }

    void limitsLeaveOutTheExtremes()
    {
        const BlockMapsPtr maps =
            makeMaps({10, 10, 2}, [](int y, int x, int c) { return float(10 * y + x + 1000 * c); });
        const BlockMaps::Map &map = maps->maps[0];
        QCOMPARE(valueLimits(map, 1, {{}, Contrast::Map, 0}), std::pair(1000.0F, 1099.0F));
        QCOMPARE(valueLimits(map, 1, {{}, Contrast::Tensor, 0}), std::pair(0.0F, 1099.0F));
        QCOMPARE(valueLimits(map, 0, {{}, Contrast::Map, 0.05}), std::pair(5.0F, 94.0F));
        QCOMPARE(valueLimits(map, 0, {{}, Contrast::Tensor, 0.05}), std::pair(10.0F, 1089.0F));
    }

    void rampsRunFromLowToHigh()
    {
        const QImage lying = paintRamp(ColorMap::Viridis, Qt::Horizontal);
        QCOMPARE(lying.pixel(0, 0), asPixel(colour(ColorMap::Viridis, 0)));
        QCOMPARE(lying.pixel(255, 0), asPixel(colour(ColorMap::Viridis, 1)));
        const QImage upright = paintRamp(ColorMap::Viridis, Qt::Vertical);
        QCOMPARE(upright.pixel(0, 255), asPixel(colour(ColorMap::Viridis, 0)));
        QCOMPARE(upright.pixel(0, 0), asPixel(colour(ColorMap::Viridis, 1)));
    }

    void readoutsAreTheTensorsValues()
    {
        const BlockMapsPtr maps =
            makeMaps({17, 17, 40}, [](int y, int x, int c) { return float(y + 1) / float(x + c + 3); });
        const BlockMaps::Map &map = maps->maps[0];
        QCOMPARE(unitAddress(map, 37, {5, 8}), QStringLiteral("block17_3/residual/ch37@(8,5)"));
        for (const QPoint unit : {QPoint(5, 8), QPoint(0, 16), QPoint(16, 0)}) {
            const QString text = unitReadout(map, 37, unit);
            const QStringList parts = text.split(QStringLiteral(" = "));
            QCOMPARE(parts[0], unitAddress(map, 37, unit));
            QCOMPARE(parts[1].toFloat(), map.tensor->at(unit.y(), unit.x(), 37));
        }
    }

    void addressesAreRead()
    {
        const auto whole = TypedAddress::parse(QStringLiteral("block17_3/residual/ch37"));
        QVERIFY(whole);
        QCOMPARE(whole->block, QStringLiteral("block17_3"));
        QCOMPARE(whole->tensor, QStringLiteral("residual"));
        QCOMPARE(whole->channel, 37);
        const auto block = TypedAddress::parse(QStringLiteral("stem"));
        QVERIFY(block && block->tensor.isEmpty() && block->channel == -1);
        const auto unit = TypedAddress::parse(QStringLiteral("stem/output/ch3@(1,2)"));
        QVERIFY(unit);
        QCOMPARE(unit->channel, 3);
        QCOMPARE(unit->position, std::optional(QPoint(2, 1)));
        for (const auto *wrong : {"", "/", "stem/", "stem/output/37", "stem/output/ch", "stem/output/ch3@(1)",
                                  "stem/output@(1,2)"})
            QVERIFY2(!TypedAddress::parse(QLatin1String(wrong)), wrong);
    }

    void cellsAreCentredOnTheirPositions()
    {
        const MapGeometry geometry{20.5, 12.5, 8};
        const QRectF cell = coveredArea(geometry, {3, 2}, {1, 1});
        QCOMPARE(cell.center(), QPointF(12.5 + 3 * 8, 20.5 + 2 * 8));
        QCOMPARE(cell.size(), QSizeF(8, 8));
        QCOMPARE(coveredArea(geometry, {0, 0}, {4, 5}), QRectF(8.5, 16.5, 32, 40));
    }

    void countsValuesButNotZeros()
    {
        const BlockMapsPtr maps = makeMaps({1, 8, 1}, [](int, int x, int) {
            constexpr float Values[]{0, 0, -1, -0.6F, 0.5F, 0.9F, 1, 7};
            return Values[x];
        });
        QCOMPARE(countValues(maps->maps[0].tensor->view(), -1, 1, 4), std::vector<int>({2, 0, 0, 3}));
        QCOMPARE(countValues(maps->maps[0].tensor->view(), 7, 7, 3), std::vector<int>({1, 0, 0}));
    }
};

QTEST_APPLESS_MAIN(TestColouring)
#include "test_colouring.moc"
