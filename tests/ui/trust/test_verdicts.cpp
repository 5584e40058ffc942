// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trust/chart_data.h"
#include "ui/trust/verdicts.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace reslens;

/// What is said of figures, and what charts and their tables show of them.
class TestVerdicts : public QObject
{
    Q_OBJECT

private slots:
    void numbersGoOutExactly()
    {
        const ChartData data{.placeTitle = QStringLiteral("Part"),
                             .places = {QStringLiteral("0 %"), QStringLiteral("50 %")},
                             .placeMarks = {},
                             .lines = {{QStringLiteral("map"), {0.123456789, 1}, {}},
                                       {QStringLiteral("random"), {0.5, 0.25}, {0.01, 0.02}, true}}};
        QCOMPARE(numbersOf(data).text(u','),
                 QStringLiteral("Part,map,random,random ±\n0 %,0.123456789,0.5,0.01\n50 %,1,0.25,0.02\n"));
    }

    void insertionIsComparedWithChance_data()
    {
        QTest::addColumn<double>("area");
        QTest::addColumn<QString>("said");
        QTest::newRow("better") << 0.61 << "faster than a random order: 0.61 against 0.40 ± 0.10.";
        QTest::newRow("within the spread") << 0.45 << "no faster than a random order: 0.45 against 0.40";
        QTest::newRow("worse") << 0.2 << "more slowly than a random order: 0.20 against 0.40";
    }

    void insertionIsComparedWithChance()
    {
        QFETCH(double, area);
        QFETCH(QString, said);
        const QString verdict = insertionVerdict(game(area));
        QVERIFY2(verdict.contains(said), qPrintable(verdict));
    }

    void ofDeletionLessIsBetter()
    {
        QVERIFY(deletionVerdict(game(0.2)).contains("away faster than a random order: 0.20 against 0.40"));
        QVERIFY(deletionVerdict(game(0.45)).contains("no faster"));
        QVERIFY(deletionVerdict(game(0.61)).contains("more slowly"));
    }

    void aMapLikeAnEdgeDetectorIsFlagged()
    {
        QVERIFY(cascadeVerdict({{"stem", {0.9, 1}}}).contains("0.90 of the map's order is still there"));
        QVERIFY(
            cascadeVerdict({{"predictions", {0.9, 1}}, {"stem", {-0.05, 1}}})
                .contains(
                    "only −0.05 of the map's order is left: most of it shows what the network has learned"));
    }

    void figuresHaveWords()
    {
        QVERIFY(randomLogitVerdict({0.95, 0.01, 5}).startsWith("Hardly"));
        QVERIFY(randomLogitVerdict({0.2, 0.3, 5}).contains("rank correlation 0.20 ± 0.30"));
        QVERIFY(randomLogitVerdict({}).contains("no other class"));
        QVERIFY(sensitivityVerdict(0.1).startsWith("Yes"));
        QVERIFY(sensitivityVerdict(0.5).startsWith("In part"));
        QVERIFY(sensitivityVerdict(3).contains("3.00 times its size"));
        QVERIFY(lesionVerdict(0.7).startsWith("Yes"));
        QVERIFY(lesionVerdict(0.4).startsWith("In part"));
        QVERIFY(lesionVerdict(-0.4).startsWith("No"));
    }

    void theTableHasWhatTheChartShows()
    {
        const ChartData data = chartOf(game(0.5), "Picture shown");
        QCOMPARE(data.places.front(), QString("0 %"));
        QCOMPARE(data.places.back(), QString("100 %"));
        QVERIFY(data.high <= 1 && data.high > 0.5);
        const std::unique_ptr<QAbstractItemModel> table(tableOf(data, nullptr));
        const QAbstractItemModelTester tester(table.get());
        QCOMPARE(table->rowCount(), curveSteps + 1);
        QCOMPARE(table->columnCount(), 3);
        QCOMPARE(table->headerData(0, Qt::Horizontal).toString(), QString("Picture shown"));
        QCOMPARE(table->index(3, 1).data().toString(), QString("0.500"));
        QCOMPARE(table->index(3, 2).data().toString(), QString("0.400 ± 0.100"));
    }

    void theCascadeStartsAtTheWholeNetwork()
    {
        const ChartData data = chartOf({{"predictions", {0.8, 1}}, {"stem", {-0.3, 1}}});
        QCOMPARE(data.places.size(), std::size_t(3));
        QCOMPARE(data.lines[0].values, (std::vector<double>{1, 0.8, -0.3}));
        QVERIFY(data.low < -0.3);
        QVERIFY(data.lines[1].isControl);
    }

private:
    /// A map with this area, beside orders of chance with 0.3, 0.4 and 0.5.
    static Examination::Game game(double area)
    {
        const auto flat = [](double value) { return Curve{std::vector<double>(curveSteps + 1, value)}; };
        return {flat(area), {flat(0.3), flat(0.4), flat(0.5)}};
    }
};

QTEST_GUILESS_MAIN(TestVerdicts)
#include "test_verdicts.moc"
