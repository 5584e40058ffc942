// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/picture/sample_files.h"
#include "ui/worker/thumbnail.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace reslens;

/// The thumbnails of the filmstrip show what the picture shows.
class TestThumbnail : public QObject
{
    Q_OBJECT

private slots:
    void largeJpegsKeepTheirShape()
    {
        const QImage thumbnail =
            readThumbnail(write("large.jpg", encode(makeQuarters(1200, 800), "jpeg")), QSize(96, 96));
        QCOMPARE(thumbnail.size(), QSize(96, 64));
        QVERIFY(thumbnail.pixelColor(90, 5).green() > 240);
    }

    void pngsStandUpright()
    {
        QFile file(RESLENS_TEST_DATA "/pictures/turned.png");
        QVERIFY(file.exists());
        const QImage thumbnail = readThumbnail(file.fileName(), QSize(32, 32));
        QCOMPARE(thumbnail.size(), QSize(32, 24));
        QCOMPARE(thumbnail.pixelColor(3, 3), QColor(Qt::red));
    }

    void transparencyLiesOverWhite()
    {
        QImage image(8, 8, QImage::Format_ARGB32);
        image.fill(Qt::transparent);
        const QString file = write("transparent.png", encode(image, "png"));
        QCOMPARE(readThumbnail(file, QSize(8, 8)).pixelColor(4, 4), QColor(Qt::white));
    }

    void pipesAreNotWaitedFor()
    {
        const QString pipe = m_folder.filePath("pipe.jpg");
        QCOMPARE(::mkfifo(qPrintable(pipe), 0600), 0);
        QVERIFY(readThumbnail(pipe, QSize(8, 8)).isNull());
    }

private:
    QString write(const QString &name, const QByteArray &data) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(data) == data.size() ? file.fileName()
                                                                                  : QString();
    }

    QTemporaryDir m_folder;
};

QTEST_MAIN(TestThumbnail)
#include "test_thumbnail.moc"
