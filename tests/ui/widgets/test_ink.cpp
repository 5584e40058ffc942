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
};

} // namespace reslens

QTEST_GUILESS_MAIN(reslens::TestInk)
#include "test_ink.moc"
