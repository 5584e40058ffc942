// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/same_content.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace reslens;

class TestSameContent : public QObject
{
    Q_OBJECT

private slots:
    void bytesDecideNotNames()
    {
        const PictureSource first = file("first", "abc");
        QVERIFY(haveSameContent(first, file("copy", "abc")));
        QVERIFY(!haveSameContent(first, file("other", "abd")));
        QVERIFY(!haveSameContent(first, file("longer", "abcd")));
        QVERIFY(haveSameContent(first, PictureSource{{}, "abc", {}, "dropped"}));
        QVERIFY(!haveSameContent(first, PictureSource::fromFile(m_folder.filePath("none"))));
    }

    void pipesAreNotWaitedFor()
    {
        const QString pipe = m_folder.filePath("pipe");
        QCOMPARE(::mkfifo(qPrintable(pipe), 0600), 0);
        QVERIFY(!haveSameContent(PictureSource::fromFile(pipe), file("empty", {})));
        QVERIFY(!haveSameContent(file("some", "abc"), PictureSource::fromFile(pipe)));
    }

private:
    PictureSource file(const QString &name, const QByteArray &content) const
    {
        QFile out(m_folder.filePath(name));
        if (out.open(QIODevice::WriteOnly))
            out.write(content);
        return PictureSource::fromFile(out.fileName());
    }

    QTemporaryDir m_folder;
};

QTEST_MAIN(TestSameContent)
#include "test_same_content.moc"
