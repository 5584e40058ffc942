// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/benchmark.h"

#include <QtTest>

#include <algorithm>

using namespace reslens;

class BenchmarkTest : public QObject
{
    Q_OBJECT

private slots:
    void medianIsTheMiddle()
    {
        QCOMPARE(median({}), 0.0);
        QCOMPARE(median({4}), 4.0);
        QCOMPARE(median({9, 1, 5}), 5.0);
        QCOMPARE(median({8, 1, 4, 2}), 3.0);
    }

    void theInputIsSpreadAndRepeatable()
    {
        const Tensor first = benchmarkInput(32);
        const Tensor second = benchmarkInput(32);
        QVERIFY(first.shape() == (Shape{32, 32, 3}));
        QVERIFY(std::ranges::equal(first.values(), second.values()));
        const auto [low, high] = std::ranges::minmax(first.values());
        QVERIFY(low >= -1 && low < -0.9F);
        QVERIFY(high <= 1 && high > 0.9F);
    }
};

QTEST_APPLESS_MAIN(BenchmarkTest)
#include "test_benchmark.moc"
