// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/prediction.h"
#include "engine/report.h"
#include "engine/saliency/display.h"

#include <QtTest>

#include <clocale>

using namespace reslens;

class ReportTest : public QObject
{
    Q_OBJECT

private slots:
    void percentagesAreAligned()
    {
        QCOMPARE(formatPercentage(0.8731), "  87.3 %");
        QCOMPARE(formatPercentage(1), " 100.0 %");
        QCOMPARE(formatPercentage(0), "   0.0 %");
        QCOMPARE(formatPercentage(0.00449), "   0.4 %");
    }

    void aDecimalCommaDoesNotCreepIn()
    {
        if (!std::setlocale(LC_ALL, "de_DE.UTF-8"))
            QSKIP("This system has no locale with a decimal comma.");
        QCOMPARE(formatPercentage(0.8731), "  87.3 %");
        QVERIFY(remarkOn({0.5, 0.5}, true).find(',') == std::string::npos);
        std::setlocale(LC_ALL, "C");
    }

    void countsAreGrouped()
    {
        QCOMPARE(formatCount(0), "0");
        QCOMPARE(formatCount(999), "999");
        QCOMPARE(formatCount(1000), "1,000");
        QCOMPARE(formatCount(55873736), "55,873,736");
        QCOMPARE(formatCount(-123456), "-123,456");
    }

    void predictionsAreALineEach()
    {
        const std::vector<ClassLabel> classes{{"n02123045", "tabby"}, {"", "class 1"}};
        const std::vector<Prediction> predictions{{1, 0.9F, 3}, {0, 0.1F, 1}};
        QCOMPARE(formatPredictions(predictions, classes),
                 "  90.0 %  class 1\n  10.0 %  tabby  (n02123045)\n");
        QCOMPARE(formatPredictions({}, classes), "");
    }
};

QTEST_APPLESS_MAIN(ReportTest)
#include "test_report.moc"
