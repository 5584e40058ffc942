// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/ink.h"

#include <QtTest>

namespace reslens {

class TestInk : public QObject
{
    Q_OBJECT

private slots:
    void whatStandsOutMoreIsTaken_data()
    {
        QTest::addColumn<QColor>("colour");
        QTest::addColumn<QColor>("ink");
        QTest::newRow("white") << QColor(Qt::white) << QColor(Qt::black);
        QTest::newRow("black") << QColor(Qt::black) << QColor(Qt::white);
        QTest::newRow("viridis' teal") << QColor(0x1f, 0xa1, 0x87) << QColor(Qt::black);
        QTest::newRow("the scale's blue end") << QColor(0x3b, 0x4c, 0xc0) << QColor(Qt::white);
        QTest::newRow("the scale's red end") << QColor(0xb4, 0x04, 0x26) << QColor(Qt::white);
    }

    void whatStandsOutMoreIsTaken()
    {
        QFETCH(QColor, colour);
        QTEST(inkOn(colour), "ink");
    }

    void textCanBeReadInEveryColour()
    {
        for (const QColor ground : {QColor(0xf7, 0xf7, 0xf8), QColor(0x23, 0x25, 0x29), QColor(Qt::gray)})
            for (const QColor colour : {QColor(0xd0, 0x8a, 0x2e), QColor(0x2a, 0x9d, 0x8f), ground})
                QVERIFY(contrast(ground, readableOn(ground, colour)) >= 4.5);
        // What can be read stays as it is.
        QCOMPARE(readableOn(Qt::white, QColor(0x10, 0x20, 0x60)), QColor(0x10, 0x20, 0x60));
    }
};

} // namespace reslens

QTEST_GUILESS_MAIN(reslens::TestInk)
#include "test_ink.moc"
