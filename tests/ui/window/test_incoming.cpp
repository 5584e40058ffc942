// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/incoming.h"

#include <QBuffer>
#include <QMimeData>
#include <QUrl>
#include <QtTest>

using namespace reslens;

class TestIncoming : public QObject
{
    Q_OBJECT

private slots:
    void filesAndModels()
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QStringLiteral("/a/cat.jpg")),
                      QUrl::fromLocalFile(QStringLiteral("/a/net.H5")),
                      QUrl::fromLocalFile(QStringLiteral("/a/folder"))});
        QVERIFY(mayBring(data));
        const Incoming incoming = incomingFrom(data, {});
        QCOMPARE(incoming.pictures, QStringList({QStringLiteral("/a/cat.jpg"), QStringLiteral("/a/folder")}));
        QCOMPARE(incoming.model, QStringLiteral("/a/net.H5"));
        QVERIFY(!incoming.picture);
    }

    void modelsAreKnownByTheirSuffix()
    {
        for (const char *name : {"net.h5", "net.HDF5", "/a b/net.keras"})
            QVERIFY(isModelFile(QString::fromLatin1(name)));
        for (const char *name : {"cat.jpg", "h5", "net.h5.png", ""})
            QVERIFY(!isModelFile(QString::fromLatin1(name)));
    }

    void text_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("paths");
        QTest::newRow("path") << " /a/cat.jpg\n" << QStringList{QStringLiteral("/a/cat.jpg")};
        QTest::newRow("url") << "file:///a/my%20cat.jpg" << QStringList{QStringLiteral("/a/my cat.jpg")};
        QTest::newRow("two") << "/a/1.png\n/a/2.png"
                             << QStringList{QStringLiteral("/a/1.png"), QStringLiteral("/a/2.png")};
        QTest::newRow("prose") << "a cat on a mat" << QStringList();
        QTest::newRow("prose and path") << "see\n/a/1.png" << QStringList();
    }

    void text()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, paths);
        QMimeData data;
        data.setText(text);
        QCOMPARE(incomingFrom(data, {}).pictures, paths);
    }

    void rawImage()
    {
        QMimeData data;
        data.setImageData(QImage(8, 8, QImage::Format_RGB32));
        QVERIFY(mayBring(data));
        const Incoming incoming = incomingFrom(data, QStringLiteral("Pasted picture"));
        QVERIFY(incoming.picture);
        QCOMPARE(incoming.picture->image.size(), QSize(8, 8));
        QCOMPARE(incoming.picture->name, QStringLiteral("Pasted picture"));
    }

    void encodedImageStaysEncoded()
    {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        QVERIFY(QImage(8, 8, QImage::Format_RGB32).save(&buffer, "PNG"));
        QMimeData data;
        data.setData(QStringLiteral("image/png"), bytes);
        QVERIFY(mayBring(data));
        const Incoming incoming = incomingFrom(data, {});
        QVERIFY(incoming.picture);
        QCOMPARE(incoming.picture->bytes, bytes);
        QVERIFY(incoming.picture->image.isNull());
    }

    void nothing()
    {
        QMimeData remote;
        remote.setUrls({QUrl(QStringLiteral("https://example.org/cat.jpg"))});
        QVERIFY(incomingFrom(remote, {}).isEmpty());
        const QMimeData none;
        QVERIFY(!mayBring(none));
        QVERIFY(incomingFrom(none, {}).isEmpty());
    }
};

QTEST_MAIN(TestIncoming)
#include "test_incoming.moc"
