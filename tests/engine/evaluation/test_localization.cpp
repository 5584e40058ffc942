// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/localization.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace reslens;

class TestLocalization : public QObject
{
    Q_OBJECT

private slots:
    void aPixelBelongsToTheBoxThatHoldsItsMiddle();
    void overlappingBoxesCountOnce();
    void theMaximumPoints();
    void equalMaximaShareTheHit();
    void onlyPositiveMassCounts();
    void aConstantMapScoresTheBoxesShare();
};

namespace {

/// 4 × 6, all `value`.
Tensor flat(float value)
{
    Tensor map({4, 6, 1});
    std::ranges::fill(map.values(), value);
    return map;
}

constexpr std::array leftHalf{ObjectBox{0, 0, 3, 4}};

} // namespace

void TestLocalization::aPixelBelongsToTheBoxThatHoldsItsMiddle()
{
    const ObjectBox box{0.6, 0.4, 2.5, 1.6};
    QVERIFY(!box.holds(0, 0));
    QVERIFY(box.holds(0, 1));
    QVERIFY(!box.holds(0, 2));
    QVERIFY(box.holds(1, 1));
    QVERIFY(!box.holds(2, 1));
    QCOMPARE(boxShare(4, 6, std::array{box}), 2.0 / 24);
}

void TestLocalization::overlappingBoxesCountOnce()
{
    QCOMPARE(boxShare(4, 6, std::array{ObjectBox{0, 0, 3, 4}, ObjectBox{2, 0, 4, 4}}), 4.0 / 6);
    QCOMPARE(boxShare(4, 6, {}), 0.0);
    QCOMPARE(boxShare(4, 6, std::array{ObjectBox{-5, -5, 50, 50}}), 1.0);
}

void TestLocalization::theMaximumPoints()
{
    Tensor map = flat(0.5F);
    map.at(1, 2, 0) = 2;
    QCOMPARE(pointingGame(map, leftHalf), 1.0);
    map.at(1, 3, 0) = 3;
    QCOMPARE(pointingGame(map, leftHalf), 0.0);
}

void TestLocalization::equalMaximaShareTheHit()
{
    Tensor map = flat(-1);
    map.at(0, 0, 0) = map.at(0, 1, 0) = map.at(0, 5, 0) = map.at(3, 3, 0) = -0.5F;
    QCOMPARE(pointingGame(map, leftHalf), 0.5);
}

void TestLocalization::onlyPositiveMassCounts()
{
    Tensor map = flat(0);
    map.at(0, 0, 0) = 3;
    map.at(0, 5, 0) = 1;
    map.at(1, 1, 0) = -100;
    QCOMPARE(massInBox(map, leftHalf).value(), 0.75);
    QVERIFY(!massInBox(flat(-1), leftHalf));
    QVERIFY(!massInBox(flat(0), leftHalf));
}

void TestLocalization::aConstantMapScoresTheBoxesShare()
{
    const std::array box{ObjectBox{1, 1, 3, 4}};
    const double share = boxShare(4, 6, box);
    QCOMPARE(share, 6.0 / 24);
    QCOMPARE(pointingGame(flat(2), box), share);
    QCOMPARE(massInBox(flat(2), box).value(), share);
}

QTEST_APPLESS_MAIN(TestLocalization)
#include "test_localization.moc"
