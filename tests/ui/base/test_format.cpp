// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/format.h"

#include <QTest>

#include <limits>

using namespace reslens;

class TestFormat : public QObject
{
    Q_OBJECT

private slots:
    void valuesHaveSignificantDigits_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        const auto row = [](double value, const char *text) {
            QTest::newRow(text) << value << QString::fromUtf8(text);
        };
        constexpr double infinity = std::numeric_limits<double>::infinity();
        row(0, "0");
        row(0.04213, "0.0421");
        row(-12.68, "−12.7");
        row(123456, "123456");
        row(0.000880, "0.000880");
        row(1.23e-5, "1.2×10⁻⁵");
        row(-1.23e7, "−1.2×10⁷");
        row(9.96e-6, "1.0×10⁻⁵");
        row(infinity, "∞");
        row(-infinity, "−∞");
        row(std::numeric_limits<double>::quiet_NaN(), "NaN");
    }

    void valuesHaveSignificantDigits()
    {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(formatValue(value), text);
    }

    void besideAGreaterOneItIsWrittenAlike()
    {
        QCOMPARE(formatBeside(2.3e-5, 0.000880), QStringLiteral("0.000023"));
        QCOMPARE(formatBeside(-1.8e-9, 0.000610), QStringLiteral("0"));
        QCOMPARE(formatBeside(-3e-7, 6.1e-6), QStringLiteral("−0.3×10⁻⁶"));
        QCOMPARE(formatBeside(0.5, -120, 3), QStringLiteral("1"));
        QCOMPARE(formatBeside(-0.4, 2, 1), QStringLiteral("0"));
        QCOMPARE(formatBeside(2, 0, 3), QStringLiteral("0"));
    }

    void aChangeHasBothSharesAndTheirUnit()
    {
        QCOMPARE(formatChange(0.402, 0.487), QStringLiteral("40.2 → 48.7 %"));
        QCOMPARE(formatChange(0.0001, 1), QStringLiteral("< 0.1 → 100.0 %"));
    }

    void waitingIsToldInWords()
    {
        QCOMPARE(formatWait(2'000), QStringLiteral("a few seconds"));
        QCOMPARE(formatWait(25'000), QStringLiteral("about half a minute"));
        QCOMPARE(formatWait(70'000), QStringLiteral("about a minute"));
        QCOMPARE(formatWait(290'000), QStringLiteral("about 5 minutes"));
    }
};

QTEST_GUILESS_MAIN(TestFormat)
#include "test_format.moc"
