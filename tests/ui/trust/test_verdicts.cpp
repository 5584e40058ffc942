// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/appearance.h"
#include "ui/trust/chart_data.h"
#include "ui/trust/line_chart.h"
#include "ui/trust/verdict_row.h"
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
                             .valueTitle = {},
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
        QTest::newRow("better")
            << 0.61 << "faster than a random order: area under the curve 0.610 against 0.400 ± 0.100.";
        QTest::newRow("within the spread") << 0.45 << "not bring the class back clearly faster than a random";
        QTest::newRow("worse") << 0.2 << "more slowly than a random order: area under the curve 0.200";
    }

    void insertionIsComparedWithChance()
    {
        QFETCH(double, area);
        QFETCH(QString, said);
        const QString verdict = insertionVerdict(game(area)).sentence;
        QVERIFY2(verdict.contains(said), qPrintable(verdict));
    }

    void ofDeletionLessIsBetter()
    {
        const auto said = [](double area) { return deletionVerdict(game(area)).sentence; };
        QVERIFY(said(0.2).contains("away faster than a random order: area under the curve 0.200"));
        QVERIFY(said(0.45).contains("not take the class away clearly faster"));
        QVERIFY(said(0.61).contains("more slowly"));
        QCOMPARE(*deletionVerdict(game(0.2)).holds, Holds::Yes);
        QCOMPARE(*deletionVerdict(game(0.45)).holds, Holds::No);
    }

    void figuresHaveTheDigitsThatTellThemApart_data()
    {
        QTest::addColumn<double>("area");
        QTest::addColumn<double>("chance");
        QTest::addColumn<double>("deviation");
        QTest::addColumn<QString>("said");
        QTest::newRow("far") << 0.1 << 0.4 << 0.1 << "away faster than a random order";
        QTest::newRow("near") << 0.0184 << 0.0236 << 0.0071 << "0.018 against 0.024 ± 0.007";
        QTest::newRow("small") << 0.0062 << 0.0118 << 0.001 << "0.006 against 0.012 ± 0.001";
        QTest::newRow("small spread") << 0.0062 << 0.0118 << 0.0003 << "0.0062 against 0.0118 ± 0.0003";
        QTest::newRow("smaller") << 0.00011 << 0.0002 << 0.00004 << "0.00011 against 0.00020 ± 0.00004";
        QTest::newRow("no difference") << 0.0062 << 0.0065 << 0.0004 << "0.0062 against 0.0065 ± 0.0004";
        QTest::newRow("looks apart") << 0.1424 << 0.1566 << 0.0144 << "0.1424 against 0.1566 ± 0.0144";
    }

    void figuresHaveTheDigitsThatTellThemApart()
    {
        QFETCH(double, area);
        QFETCH(double, chance);
        QFETCH(double, deviation);
        QFETCH(QString, said);
        const QString verdict = deletionVerdict(game(area, chance, deviation)).sentence;
        QVERIFY2(verdict.contains(said), qPrintable(verdict));
    }

    void verdictsAreCounted()
    {
        Examination found;
        auto map = std::make_shared<Explanation>();
        map->result.scores.resize(1);
        found.explanation = map;
        QCOMPARE(countOf(verdictsOf(found)), QString());
        found.insertion = game(0.61);
        found.deletion = game(0.61);
        QCOMPARE(countOf(verdictsOf(found)), QString("1 of 2 hold so far"));
        found.cascade = {{"stem", {0.2, 1}}};
        found.randomLogit = Spread{0.2, 0.1, 5};
        found.sensitivity = 0.5;
        found.lesions = 0.7;
        const Verdicts verdicts = verdictsOf(found);
        QCOMPARE(*verdicts[NoiseCheck].holds, Holds::InPart);
        QCOMPARE(countOf(verdicts), QString("4 of 6 hold"));
    }

    void whatAMethodCannotHaveIsNotCounted()
    {
        Examination found;
        auto map = std::make_shared<Explanation>();
        map->question.method = SaliencyMethod::Energy;
        found.explanation = map;
        const Verdicts verdicts = verdictsOf(found);
        QCOMPARE(*verdicts[ClassCheck].holds, Holds::No);
        QVERIFY(!verdicts[LesionCheck].holds);
        QVERIFY(!verdicts[LesionCheck].sentence.isEmpty());
    }

    void everyCheckIsAQuestion()
    {
        for (const Check &check : checks()) {
            QVERIFY(check.question.endsWith(u'?'));
            QVERIFY(check.course.endsWith(u'.'));
            // What makes it hold is said.
            QVERIFY(check.help.contains("\nHolds "));
        }
    }

    void aChipHasASignAndWords()
    {
        VerdictChip chip(checks()[NoiseCheck]);
        QCOMPARE(chip.text(), QString("– steady"));
        chip.setVerdict({Holds::Yes, "Yes."});
        QCOMPARE(chip.text(), QString("✓ steady"));
        QCOMPARE(chip.accessibleName(), QString("Is it steady? holds"));
        chip.setVerdict({Holds::InPart, "In part."});
        QCOMPARE(chip.text(), QString("~ steady"));
        chip.setVerdict({Holds::No, "No."});
        QCOMPARE(chip.text(), QString("✕ steady"));
        QCOMPARE(chip.accessibleName(), QString("Is it steady? does not hold"));
    }

    void theLastPlaceHasRoomInLargeType()
    {
        LineChart chart("Chart", "chart");
        QFont large = chart.font();
        large.setPointSizeF(2.5 * large.pointSizeF());
        chart.setFont(large);
        ChartData data = chartOf(game(0.5), {}, {});
        for (ChartData::Line &line : data.lines)
            line.name.clear();
        chart.setData(data);
        chart.resize(500, chart.minimumSizeHint().height());
        QVERIFY(chart.height() >= 12 * chart.fontMetrics().height());
        const int half = chart.fontMetrics().horizontalAdvance("100 %") / 2;
        const QImage edge = chart.grab().toImage().copy(chart.width() - half - Grid, 0, half, chart.height());
        QSet<QRgb> colours;
        for (int y = edge.height() / 2; y < edge.height(); ++y)
            for (int x = 0; x < edge.width(); ++x)
                colours << edge.pixel(x, y);
        QVERIFY(colours.size() > 1);
    }

    void aMapLikeAnEdgeDetectorIsFlagged()
    {
        QVERIFY(
            cascadeVerdict({{"stem", {0.9, 1}}}).sentence.contains("0.90 of the map's order is still there"));
        QVERIFY(
            cascadeVerdict({{"predictions", {0.9, 1}}, {"stem", {-0.05, 1}}})
                .sentence.contains(
                    "only −0.05 of the map's order is left: most of it shows what the network has learned"));
    }

    void figuresHaveWords()
    {
        QVERIFY(randomLogitVerdict({0.95, 0.01, 5}).sentence.startsWith("Hardly"));
        QVERIFY(randomLogitVerdict({0.2, 0.3, 5}).sentence.contains("rank correlation 0.20 ± 0.30"));
        QVERIFY(randomLogitVerdict({}).sentence.contains("no other class"));
        QVERIFY(sensitivityVerdict(0.1).sentence.startsWith("Yes"));
        QVERIFY(sensitivityVerdict(0.5).sentence.startsWith("In part"));
        QVERIFY(sensitivityVerdict(3).sentence.contains("3.00 times its size"));
        QVERIFY(lesionVerdict(0.7).sentence.startsWith("Yes"));
        QVERIFY(lesionVerdict(0.4).sentence.startsWith("In part"));
        QVERIFY(lesionVerdict(-0.4).sentence.startsWith("No"));
    }

    void theTableHasWhatTheChartShows()
    {
        const ChartData data = chartOf(game(0.5), "Picture shown", "probability of ant");
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
    /// A map with this area, beside three orders of chance with this mean and deviation.
    static Examination::Game game(double area, double chance = 0.4, double deviation = 0.1)
    {
        const auto flat = [](double value) { return Curve{std::vector<double>(curveSteps + 1, value)}; };
        return {flat(area), {flat(chance - deviation), flat(chance), flat(chance + deviation)}};
    }
};

QTEST_MAIN(TestVerdicts)
#include "test_verdicts.moc"
