// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "tests/ui/picture/sample_files.h"
#include "tests/ui/picture/tiff_of.h"
#include "ui/picture/picture.h"

#include <QTest>

using namespace reslens;

/// Kinds of TIFF that few programs write, and pictures that are whole but of a kind that is not read.
class TestUnusualPictures : public QObject
{
    Q_OBJECT

private slots:
    void tiffSamples_data()
    {
        QTest::addColumn<QByteArray>("tiff");
        QTest::addColumn<QColor>("expected");
        using Kind = TiffKind;
        const QList<quint32> rgb{200, 100, 50};
        QTest::newRow("RGB") << tiffOf(rgb, {}) << QColor(200, 100, 50);
        QTest::newRow("16 bits in planes")
            << tiffOf(rgb, {.bits = 16, .planar = true}) << QColor(200, 100, 50);
        QTest::newRow("grey") << tiffOf({200}, {.photometric = Kind::blackIsZero}) << QColor(200, 200, 200);
        QTest::newRow("inverted") << tiffOf({55}, {.photometric = Kind::whiteIsZero})
                                  << QColor(200, 200, 200);
        QTest::newRow("grey, transparent")
            << tiffOf({200, 0}, {.photometric = Kind::blackIsZero, .extra = 2}) << QColor(Qt::white);
        QTest::newRow("transparent") << tiffOf({200, 100, 50, 0}, {.extra = 2}) << QColor(Qt::white);
        QTest::newRow("without a meaning") << tiffOf({200, 100, 50, 0}, {.extra = 0}) << QColor(200, 100, 50);
        QTest::newRow("CMYK") << tiffOf({55, 155, 205, 0}, {.photometric = Kind::cmyk})
                              << QColor(200, 100, 50);
        QTest::newRow("CMYK, 16 bits")
            << tiffOf({55, 155, 205, 0}, {.photometric = Kind::cmyk, .bits = 16}) << QColor(200, 100, 50);
    }

    void tiffSamples()
    {
        QFETCH(QByteArray, tiff);
        QFETCH(QColor, expected);
        QCOMPARE(readPicture(tiff, "one pixel").image.pixelColor(0, 0), expected);
    }

    void validButUnsupported_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QString>("reason");
        QTest::newRow("HEIC") << QByteArray("\0\0\0\x18"
                                            "ftypheic",
                                            12) +
                                     QByteArray(40, '\0')
                              << "is in the format HEIC, which Reslens cannot read: save it as JPEG or PNG";
        QTest::newRow("PSD") << "8BPS" + QByteArray(40, '\0') << "is in the format PSD";
        QByteArray jpeg = encode(makeTexture(16, 16), "jpeg", 90);
        const qsizetype frame = jpeg.indexOf("\xFF\xC0");
        jpeg[frame + 4] = 12;
        QTest::newRow("12-bit JPEG") << jpeg << "12";
        jpeg[frame + 4] = 8;
        jpeg[frame + 1] = '\xC3';
        QTest::newRow("lossless JPEG") << jpeg << "is a JPEG of an unsupported kind";
        QByteArray bmp = encode(makeTexture(8, 8), "bmp");
        bmp[14] = 56;
        QTest::newRow("BMP header") << bmp << "has a BMP header of 56 bytes";
        bmp[14] = 40;
        bmp[30] = 3;
        bmp.replace(54, 12, QByteArray("\xFF\x03\0\0\0\xFC\x0F\0\0\0\xF0\x3F", 12));
        QTest::newRow("BMP masks") << bmp << "has 10 bits for a colour";
        QTest::newRow("signed TIFF") << tiffOf({1, 2, 3}, {.sampleFormat = 2}) << "signed numbers of 8 bits";
        QTest::newRow("drawing with files")
            << QByteArray("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
                          "<image href='../photo.jpg' width='9' height='9'/></svg>")
            << "refers to another file, \"../photo.jpg\"";
        const QByteArray text =
            "<svg xmlns='http://www.w3.org/2000/svg'>" + QByteArray(70 << 20, ' ') + "</svg>";
        const QByteArray zlib = qCompress(text).mid(4);
        QTest::newRow("drawing that unpacks to too much")
            << QByteArray("\x1F\x8B\x08\0\0\0\0\0\0\0", 10) + zlib.mid(2)
            << "more than 67,108,864 bytes unpacked";
    }

    void validButUnsupported()
    {
        QFETCH(QByteArray, data);
        QFETCH(QString, reason);
        try {
            readPicture(data, "photo");
            QFAIL("was read");
        } catch (const Error &error) {
            QVERIFY2(QString::fromUtf8(error.what()).contains(reason), error.what());
            QCOMPARE(error.kind(), ErrorKind::Unsupported);
        }
    }
};

QTEST_MAIN(TestUnusualPictures)
#include "test_unusual_pictures.moc"
