// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/saliency_description.h"

#include <QTest>

using namespace reslens;

class TestSaliencyDescription : public QObject
{
    Q_OBJECT

private slots:
    void aSumAddsUpAsItIsWritten_data()
    {
        QTest::addColumn<double>("stem");
        QTest::addColumn<double>("blocks");
        QTest::addColumn<double>("biases");
        QTest::newRow("as it is") << 1.0 << 2.0 << -0.5;
        QTest::newRow("rounding down") << -0.404 << 5.554 << 6.204;
        QTest::newRow("rounding up") << 14.536 << 0.876 << -11.526;
        QTest::newRow("greatest is negative") << 0.333 << 0.333 << -7.333;
    }

    void aSumAddsUpAsItIsWritten()
    {
        QFETCH(double, stem);
        QFETCH(double, blocks);
        QFETCH(double, biases);
        SaliencyResult result;
        result.stem = stem;
        result.biases = biases;
        result.scores.resize(2);
        result.scores[0].total = blocks / 4;
        result.scores[1].total = blocks * 3 / 4;
        result.logit = stem + blocks + biases;
        const std::optional<LogitSum> sum = logitSum(result, 2);
        QVERIFY(sum);
        const auto cents = [](double value) {
            return qRound(QString::number(value, 'f', 2).toDouble() * 100);
        };
        QCOMPARE(cents(sum->stem) + cents(sum->blocks) + cents(sum->biases), cents(sum->logit));
        QCOMPARE(cents(sum->logit), cents(result.logit));
        for (const auto &[shown, exact] :
             {std::pair(sum->stem, stem), std::pair(sum->blocks, blocks), std::pair(sum->biases, biases)})
            QVERIFY(std::abs(shown - exact) < 0.021);
    }

    void othersHaveNoSum() { QVERIFY(!logitSum(SaliencyResult(), 2)); }
};

QTEST_APPLESS_MAIN(TestSaliencyDescription)
#include "test_saliency_description.moc"
