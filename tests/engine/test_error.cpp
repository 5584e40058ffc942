// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"

#include <QtTest>

using namespace reslens;

class TestError : public QObject
{
    Q_OBJECT

private slots:
    void sentencesAreLegible_data()
    {
        QTest::addColumn<QByteArray>("sentence");
        QTest::addColumn<QByteArray>("legible");
        QTest::newRow("as it is") << QByteArray("“a/naïve.h5” has 3 × 3, not \"x\\y\".")
                                  << QByteArray("“a/naïve.h5” has 3 × 3, not \"x\\y\".");
        QTest::newRow("empty") << QByteArray() << QByteArray("");
        QTest::newRow("not UTF-8") << QByteArray("layer con\xf6v\x85 is")
                                   << QByteArray("layer con\xef\xbf\xbdv\xef\xbf\xbd is");
        QTest::newRow("cut within a character")
            << QByteArray("layer \xe2\x80") << QByteArray("layer \xef\xbf\xbd");
        QTest::newRow("terminal commands")
            << QByteArray("layer \x1b[2J\nx\x7f") << QByteArray("layer  [2J x ");
        QTest::newRow("terminal commands beyond ASCII") << QByteArray("layer \xc2\x9b"
                                                                      "2J \xc2\xa0\xc3\x9b")
                                                        << QByteArray("layer  2J \xc2\xa0\xc3\x9b");
    }

    void sentencesAreLegible()
    {
        QFETCH(QByteArray, sentence);
        QFETCH(QByteArray, legible);
        const Error error(ErrorKind::Damaged, sentence.toStdString());
        QCOMPARE(QByteArray(error.what()), legible);
        QCOMPARE(error.kind(), ErrorKind::Damaged);
    }
};

QTEST_APPLESS_MAIN(TestError)
#include "test_error.moc"
