// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/perturbation.h"
#include "engine/evaluation/spread.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace reslens;

/// Insertion and deletion for a toy class whose probability is the share of an object that is visible, and
/// whose true map is therefore known.
class TestPerturbation : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void ordersHoldEveryCellOnce();
    void whatSpeaksAgainstComesLast();
    void tiesFavourNoPlace();
    void blurKeepsWhatIsFlatAndFlattensTheRest();
    void curvesEndAtTheBlankAndThePicture();
    void theTrueMapIsBest();
    void chanceIsInTheMiddle();
    void areaIsTheTrapezoidalRule();
    void whatTheScoreThrowsGoesThrough();

private:
    double visible(const Tensor &picture) const;
    Tensor trueMap(float inside, float outside) const;
    PerturbationGame game() const
    {
        return {m_picture, [this](const Tensor &picture) { return visible(picture); }};
    }

    Tensor m_picture;
};

namespace {

constexpr int side = 37;       // no multiple of the grid
constexpr int objectCells = 8; // the object is the upper left quarter of the grid

bool isObject(int y, int x)
{
    const int end = objectCells * side / gridCells;
    return y < end && x < end;
}

} // namespace

void TestPerturbation::initTestCase()
{
    m_picture = Tensor({side, side, 3});
    std::mt19937 random(1);
    std::uniform_real_distribution<float> values(0.1F, 1);
    std::ranges::generate(m_picture.values(), [&] { return values(random); });
}

double TestPerturbation::visible(const Tensor &picture) const
{
    int seen = 0;
    int all = 0;
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            if (!isObject(y, x))
                continue;
            ++all;
            seen +=
                picture.at(y, x, 0) == m_picture.at(y, x, 0) && picture.at(y, x, 2) == m_picture.at(y, x, 2);
        }
    }
    return double(seen) / all;
}

Tensor TestPerturbation::trueMap(float inside, float outside) const
{
    Tensor map({side, side, 1});
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x)
            map.at(y, x, 0) = isObject(y, x) ? inside : outside;
    }
    return map;
}

void TestPerturbation::ordersHoldEveryCellOnce()
{
    std::vector<int> all(gridCells * gridCells);
    std::iota(all.begin(), all.end(), 0);
    for (std::vector<int> order : {randomCellOrder(1), randomCellOrder(2), cellOrder(trueMap(1, 0), side),
                                   cellOrder(Tensor({3, 3, 1}), side)}) {
        std::ranges::sort(order);
        QVERIFY(order == all);
    }
    QVERIFY(randomCellOrder(1) == randomCellOrder(1));
    QVERIFY(randomCellOrder(1) != randomCellOrder(2));
}

void TestPerturbation::whatSpeaksAgainstComesLast()
{
    Tensor map({gridCells, gridCells, 1});
    map.at(2, 3, 0) = 5;
    map.at(0, 1, 0) = 1;
    map.at(4, 4, 0) = -1;
    map.at(7, 0, 0) = -9;
    const std::vector<int> order = cellOrder(map, gridCells);
    QCOMPARE(order[0], 2 * gridCells + 3);
    QCOMPARE(order[1], 1);
    QCOMPARE(order[order.size() - 2], 4 * gridCells + 4);
    QCOMPARE(order.back(), 7 * gridCells);
}

void TestPerturbation::tiesFavourNoPlace()
{
    const std::vector<int> order = cellOrder(Tensor({side, side, 1}), side);
    const double first = std::accumulate(order.begin(), order.begin() + 128, 0.0) / 128;
    QVERIFY2(std::abs(first - 127.5) < 20, std::to_string(first).c_str());
}

void TestPerturbation::blurKeepsWhatIsFlatAndFlattensTheRest()
{
    Tensor flat({side, side, 3});
    std::ranges::fill(flat.values(), -0.25F);
    const Tensor still = blurred(flat);
    for (const float value : still.values())
        QVERIFY(std::abs(value + 0.25F) < 1e-5F);

    const Tensor soft = blurred(m_picture);
    const auto deviation = [](const Tensor &tensor) {
        return spreadOf(std::vector<double>(tensor.values().begin(), tensor.values().end())).deviation;
    };
    QVERIFY(deviation(soft) < 0.3 * deviation(m_picture));

    // A single point becomes the product of two Gaussians.
    Tensor point({side, side, 1});
    point.at(18, 18, 0) = 1;
    const Tensor spread = blurred(point);
    const double sigma = side / 16.0;
    QVERIFY(std::abs(spread.at(18, 20, 0) / spread.at(18, 18, 0) - std::exp(-2 / (sigma * sigma))) < 1e-4);
    QCOMPARE(spread.at(15, 18, 0), spread.at(18, 21, 0));
    QVERIFY(std::abs(std::accumulate(spread.values().begin(), spread.values().end(), 0.0) - 1) < 1e-5);
}

void TestPerturbation::curvesEndAtTheBlankAndThePicture()
{
    const Tensor blank = blurred(m_picture);
    const auto brightness = [](const Tensor &picture) {
        return std::accumulate(picture.values().begin(), picture.values().end(), 0.0) /
               double(picture.shape().count());
    };
    const PerturbationGame bright(m_picture, brightness);
    const Curve insertion = bright.insertion(randomCellOrder(3));
    QCOMPARE(insertion.probabilities.size(), std::size_t(curveSteps + 1));
    QCOMPARE(insertion.probabilities.front(), brightness(blank));
    QCOMPARE(insertion.probabilities.back(), brightness(m_picture));
    const Curve deletion = bright.deletion(randomCellOrder(3));
    QCOMPARE(deletion.probabilities.front(), brightness(m_picture));
    QCOMPARE(deletion.probabilities.back(), 0.0);
    QVERIFY(std::ranges::is_sorted(deletion.probabilities, std::greater()));
    // Fewer steps ask for some of the same pictures.
    const Curve coarse = PerturbationGame(m_picture, brightness, 4).insertion(randomCellOrder(3));
    for (std::size_t i = 0; i <= 4; ++i)
        QCOMPARE(coarse.probabilities[i], insertion.probabilities[4 * i]);
}

void TestPerturbation::theTrueMapIsBest()
{
    // A quarter of the cells, in four of the sixteen steps.
    const std::vector<int> best = cellOrder(trueMap(2, 1), side);
    QVERIFY(std::abs(game().insertion(best).area() - 0.875) < 0.01);
    QVERIFY(std::abs(game().deletion(best).area() - 0.125) < 0.01);
    const std::vector<int> worst = cellOrder(trueMap(-1, 0), side);
    QVERIFY(std::abs(game().insertion(worst).area() - 0.125) < 0.01);
    QVERIFY(std::abs(game().deletion(worst).area() - 0.875) < 0.01);
}

void TestPerturbation::chanceIsInTheMiddle()
{
    std::vector<double> areas;
    for (unsigned seed = 1; seed <= 20; ++seed)
        areas.push_back(game().insertion(randomCellOrder(seed)).area());
    const Spread spread = spreadOf(areas);
    QVERIFY2(std::abs(spread.mean - 0.5) < 0.03, std::to_string(spread.mean).c_str());
    QVERIFY(spread.deviation > 0 && spread.deviation < 0.1);
}

void TestPerturbation::areaIsTheTrapezoidalRule()
{
    QCOMPARE((Curve{{0.25, 0.25, 0.25}}.area()), 0.25);
    QCOMPARE((Curve{{0, 1}}.area()), 0.5);
    QCOMPARE((Curve{{0, 1, 0.5}}.area()), 0.625);
}

void TestPerturbation::whatTheScoreThrowsGoesThrough()
{
    int scores = 0;
    const PerturbationGame counting(m_picture, [&](const Tensor &) {
        if (++scores == PerturbationGame::scoresAtStart + 3)
            throw std::runtime_error("stopped");
        return 0.0;
    });
    QCOMPARE(scores, PerturbationGame::scoresAtStart);
    QVERIFY_EXCEPTION_THROWN(counting.insertion(randomCellOrder(1)), std::runtime_error);
    scores = PerturbationGame::scoresAtStart + 3;
    counting.deletion(randomCellOrder(1));
    QCOMPARE(scores, PerturbationGame::scoresAtStart + 3 + curveSteps - 1);
}

QTEST_APPLESS_MAIN(TestPerturbation)
#include "test_perturbation.moc"
