// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/rank_correlation.h"
#include "engine/evaluation/spread.h"

#include <QTest>

#include <cmath>

using namespace reslens;

class TestRankCorrelation : public QObject
{
    Q_OBJECT

private slots:
    void equalValuesShareTheMeanOfTheirRanks();
    void knownValues_data();
    void knownValues();
    void onlyTheOrderCounts();
    void spreadIsThatOfASample();
};

void TestRankCorrelation::equalValuesShareTheMeanOfTheirRanks()
{
    const std::vector<double> values{3, -1, 3, 8, 3};
    QVERIFY((averageRanks(values) == std::vector<double>{3, 1, 3, 5, 3}));
    QVERIFY(averageRanks({}).empty());
}

void TestRankCorrelation::knownValues_data()
{
    // By hand: Pearson's correlation of the ranks.
    using Values = std::vector<double>;
    QTest::addColumn<Values>("a");
    QTest::addColumn<Values>("b");
    QTest::addColumn<double>("expected");
    QTest::newRow("same order") << Values{1, 2, 3} << Values{-7, 0, 100} << 1.0;
    QTest::newRow("opposite order") << Values{1, 2, 3} << Values{2, 1, -5} << -1.0;
    QTest::newRow("one tie") << Values{1, 2, 2, 3} << Values{1, 3, 2, 4} << 4.5 / std::sqrt(4.5 * 5);
    QTest::newRow("ties on both sides") << Values{1, 1, 2, 2, 3} << Values{2, 1, 2, 3, 3} << 7.25 / 9;
    QTest::newRow("constant") << Values{1, 2, 3} << Values{4, 4, 4} << 0.0;
    QTest::newRow("empty") << Values{} << Values{} << 0.0;
}

void TestRankCorrelation::knownValues()
{
    QFETCH(const std::vector<double>, a);
    QFETCH(const std::vector<double>, b);
    QFETCH(const double, expected);
    QVERIFY(std::abs(rankCorrelation(a, b) - expected) < 1e-12);
    QVERIFY(std::abs(rankCorrelation(b, a) - expected) < 1e-12);
}

void TestRankCorrelation::onlyTheOrderCounts()
{
    const std::vector<float> a{0.1F, -2, 7, 3, 3};
    std::vector<float> b;
    for (const float value : a)
        b.push_back(std::exp(value));
    QCOMPARE(rankCorrelation(a, b), 1.0);
}

void TestRankCorrelation::spreadIsThatOfASample()
{
    const Spread spread = spreadOf(std::vector<double>{1, 2, 3, 6});
    QCOMPARE(spread.mean, 3.0);
    QVERIFY(std::abs(spread.deviation - std::sqrt(14.0 / 3)) < 1e-12);
    QVERIFY(std::abs(spread.standardError() - std::sqrt(14.0 / 3) / 2) < 1e-12);
    QCOMPARE(spreadOf(std::vector<double>{4}).deviation, 0.0);
    QCOMPARE(spreadOf({}).count, 0);
    QCOMPARE(spreadOf({}).standardError(), 0.0);
}

QTEST_APPLESS_MAIN(TestRankCorrelation)
#include "test_rank_correlation.moc"
