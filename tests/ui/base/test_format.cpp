// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/format.h"

#include <QtTest>

using namespace reslens;

/// Numbers as people read them.
class TestFormat : public QObject
{
    Q_OBJECT

private slots:
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
