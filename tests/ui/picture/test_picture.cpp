// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/picture.h"

#include "engine/imaging/preprocess.h"
#include "tests/ui/picture/sample_files.h"

#include <QColorSpace>
#include <QFile>
#include <QTest>

using namespace reslens;

namespace {

QByteArray dataFile(const QString &name)
{
    QFile file(QStringLiteral(RESLENS_TEST_DATA "/pictures/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QColor pixel(const Picture &picture, int x, int y)
{
    const std::uint8_t *bytes = picture.pixels->row(y) + x * 3;
    return QColor(bytes[0], bytes[1], bytes[2]);
}

bool isNear(const QColor &a, const QColor &b, int tolerance)
{
    return std::abs(a.red() - b.red()) <= tolerance && std::abs(a.green() - b.green()) <= tolerance &&
           std::abs(a.blue() - b.blue()) <= tolerance;
}

bool showsQuarters(const Picture &picture, int tolerance)
{
    const int right = picture.width() - 4;
    const int bottom = picture.height() - 4;
    return isNear(pixel(picture, 3, 3), Qt::red, tolerance) &&
           isNear(pixel(picture, right, 3), Qt::green, tolerance) &&
           isNear(pixel(picture, 3, bottom), Qt::blue, tolerance) &&
           isNear(pixel(picture, right, bottom), Qt::white, tolerance);
}

} // namespace

class TestPicture : public QObject
{
    Q_OBJECT

private slots:
    void losslessFormatsKeepEveryPixel_data()
    {
        QTest::addColumn<QByteArray>("format");
        for (const char *format : {"png", "bmp", "ppm", "tiff", "webp"})
            QTest::newRow(format) << QByteArray(format);
    }

    void losslessFormatsKeepEveryPixel()
    {
        QFETCH(QByteArray, format);
        const QImage source = makeTexture(75, 51);
        const Picture picture = readPicture(encode(source, format, 100), "texture");
        QCOMPARE(picture.format, QString::fromLatin1(format).toUpper());
        QCOMPARE(picture.name, QString("texture"));
        QCOMPARE(picture.width(), 75);
        QCOMPARE(picture.height(), 51);
        for (int y = 0; y < 51; ++y)
            for (int x = 0; x < 75; ++x)
                QCOMPARE(pixel(picture, x, y).rgb(), source.pixel(x, y));
    }

    void imageForTheScreenSharesThePixels()
    {
        Picture picture = readPicture(encode(makeQuarters(), "png"), "quarters");
        QCOMPARE(picture.image.constBits(), picture.pixels->pixels.data());
        QCOMPARE(picture.image.size(), QSize(32, 24));
        QCOMPARE(picture.image.colorSpace(), QColorSpace(QColorSpace::SRgb));
        const QImage image = picture.image;
        picture = {};
        QCOMPARE(image.pixelColor(3, 3), QColor(Qt::red));
    }

    void networkSizeGoesInPixelForPixel()
    {
        const QImage source = makeTexture(75, 75);
        const Image input =
            resizeForNetwork(*readPicture(encode(source, "png"), "texture").pixels, 75, Preprocessing{});
        for (int y = 0; y < 75; ++y)
            for (int x = 0; x < 75; ++x)
                QCOMPARE(qRgb(input.row(y)[x * 3], input.row(y)[x * 3 + 1], input.row(y)[x * 3 + 2]),
                         source.pixel(x, y));
    }

    void jpegOrientation_data()
    {
        QTest::addColumn<int>("orientation");
        QTest::addColumn<QTransform>("stored"); // from the upright picture to the one in the file
        QTest::newRow("1") << 1 << QTransform();
        QTest::newRow("2: mirrored") << 2 << QTransform().scale(-1, 1);
        QTest::newRow("3: upside down") << 3 << QTransform().rotate(180);
        QTest::newRow("4: flipped") << 4 << QTransform().scale(1, -1);
        QTest::newRow("5: transposed") << 5 << QTransform(0, 1, 1, 0, 0, 0);
        QTest::newRow("6: turned left") << 6 << QTransform().rotate(-90);
        QTest::newRow("7: transversed") << 7 << QTransform(0, -1, -1, 0, 0, 0);
        QTest::newRow("8: turned right") << 8 << QTransform().rotate(90);
    }

    void jpegOrientation()
    {
        QFETCH(int, orientation);
        QFETCH(QTransform, stored);
        const QByteArray jpeg =
            withOrientation(encode(makeQuarters().transformed(stored), "jpeg", 95), quint16(orientation));
        const Picture upright = readPicture(jpeg, "turned");
        QCOMPARE(upright.width(), 32);
        QCOMPARE(upright.height(), 24);
        QVERIFY(showsQuarters(upright, 6));

        const Picture untouched = readPicture(jpeg, "turned", {.applyOrientation = false});
        QCOMPARE(untouched.image.size(), orientation < 5 ? QSize(32, 24) : QSize(24, 32));
        QCOMPARE(showsQuarters(untouched, 6), orientation == 1);
    }

    void jpegOrientationBehindOtherMetadata()
    {
        const QByteArray stored = encode(makeQuarters().transformed(QTransform().rotate(-90)), "jpeg", 95);
        const QByteArray jpeg = withOrientation(stored, 6);
        const QByteArray xmp = "http://ns.adobe.com/xap/1.0/" + QByteArray(1, '\0') + "<x:xmpmeta/>";
        QVERIFY(showsQuarters(readPicture(withJpegSegment(jpeg, 0xE1, xmp), "XMP first"), 6));
        // The same number in 32 bits instead of 16.
        QByteArray wide = jpeg;
        wide.replace("\x01\x12" + bigEndian(quint16(3)) + bigEndian(quint32(1)) + bigEndian(quint16(6)) +
                         bigEndian(quint16(0)),
                     "\x01\x12" + bigEndian(quint16(4)) + bigEndian(quint32(1)) + bigEndian(quint32(6)));
        QVERIFY(wide != jpeg);
        QVERIFY(showsQuarters(readPicture(wide, "LONG"), 6));
    }

    void pngOrientation_data() { jpegOrientation_data(); }

    void pngOrientation()
    {
        QFETCH(int, orientation);
        QFETCH(QTransform, stored);
        const QByteArray jpeg = withOrientation(encode(makeQuarters(), "jpeg"), quint16(orientation));
        const QByteArray exif = jpeg.mid(12, 34 - 8);
        const QByteArray png = withPngChunk(encode(makeQuarters().transformed(stored), "png"), "eXIf", exif);
        QVERIFY(showsQuarters(readPicture(png, "turned"), 0));

        const QByteArray text = "\nexif\n" + QByteArray::number(exif.size() + 6) + '\n' +
                                (QByteArray("Exif\0\0", 6) + exif).toHex() + '\n';
        const QByteArray raw =
            withPngChunk(encode(makeQuarters().transformed(stored), "png"), "zTXt",
                         QByteArray("Raw profile type exif\0\0", 23) + qCompress(text).mid(4));
        QVERIFY(showsQuarters(readPicture(raw, "turned"), 0));
    }

    void orientationOfOtherFormats_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"turned.png", "turned.webp", "turned.tif"})
            QTest::newRow(file) << file;
    }

    void orientationOfOtherFormats()
    {
        QFETCH(QString, file);
        QVERIFY(showsQuarters(readPicture(dataFile(file), file), 0));
        const Picture untouched = readPicture(dataFile(file), file, {.applyOrientation = false});
        QCOMPARE(untouched.image.size(), QSize(24, 32));
    }

    void firstFrameOfAnimations_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"animation.gif", "animation.webp"})
            QTest::newRow(file) << file;
    }

    void firstFrameOfAnimations()
    {
        QFETCH(QString, file);
        QVERIFY(showsQuarters(readPicture(dataFile(file), file), 0));
    }

    void cmykJpeg() { QVERIFY(showsQuarters(readPicture(dataFile("cmyk.jpg"), "cmyk.jpg"), 3)); }

    void progressiveJpeg()
    {
        const QByteArray data = encode(makeQuarters(), "jpeg", 95, true);
        QVERIFY(data.contains("\xFF\xC2"));
        QVERIFY(showsQuarters(readPicture(data, "progressive"), 6));
    }

    void jpegWithAppendedFilm()
    {
        const QByteArray jpeg = encode(makeQuarters(), "jpeg", 95);
        QVERIFY(showsQuarters(readPicture(jpeg + QByteArray(5000, 'x'), "motion photo"), 6));
        QVERIFY(showsQuarters(readPicture(jpeg + jpeg.left(300), "multi-picture"), 6));
    }

    void jpegWithPreview()
    {
        // The preview's own end marker, inside the EXIF block, must not count as the end of the picture.
        const QByteArray preview = encode(makeQuarters(8, 6), "jpeg");
        const QByteArray jpeg = encode(makeQuarters(), "jpeg", 95);
        const QByteArray block = "\xFF\xE2" + bigEndian(quint16(preview.size() + 2)) + preview;
        const QByteArray whole = jpeg.left(2) + block + jpeg.mid(2);
        QVERIFY(showsQuarters(readPicture(whole, "preview"), 6));
        QVERIFY_EXCEPTION_THROWN(readPicture(whole.chopped(40), "preview"), std::exception);
    }

    void transparencyLiesOverWhite()
    {
        QImage image(3, 1, QImage::Format_ARGB32);
        image.setPixel(0, 0, qRgba(200, 0, 100, 255));
        image.setPixel(1, 0, qRgba(200, 0, 100, 51));
        image.setPixel(2, 0, qRgba(200, 0, 100, 0));
        for (const char *format : {"png", "webp", "tiff"}) {
            const Picture picture = readPicture(encode(image, format, 100), format);
            QCOMPARE(pixel(picture, 0, 0), QColor(200, 0, 100));
            QVERIFY(isNear(pixel(picture, 1, 0), QColor(244, 204, 224), 1)); // 255 - (255 - value) / 5
            QCOMPARE(pixel(picture, 2, 0), QColor(Qt::white));
        }
    }

    void greyPaletteAndSixteenBits()
    {
        const QImage source = makeTexture(40, 30);
        const QImage grey = source.convertToFormat(QImage::Format_Grayscale8);
        const QImage palette = source.convertToFormat(QImage::Format_Indexed8, Qt::ThresholdDither);
        const QImage deep = source.convertToFormat(QImage::Format_RGBX64);
        const QImage deepGrey = grey.convertToFormat(QImage::Format_Grayscale16);
        const QImage bits = source.convertToFormat(QImage::Format_Mono);
        for (const QImage &image : {grey, palette, deep, deepGrey, bits}) {
            const Picture picture = readPicture(encode(image, "png"), "kind");
            for (int y = 0; y < 30; ++y)
                for (int x = 0; x < 40; ++x)
                    QVERIFY(isNear(pixel(picture, x, y), image.pixelColor(x, y), 1));
        }
    }

    void colourProfilesBecomeSrgb_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QImage::Format>("depth");
        QTest::newRow("png") << QByteArray("png") << QImage::Format_RGB32;
        QTest::newRow("png, 16 bits") << QByteArray("png") << QImage::Format_RGBX64;
        QTest::newRow("png, alpha") << QByteArray("png") << QImage::Format_ARGB32;
        QTest::newRow("png, palette") << QByteArray("png") << QImage::Format_Indexed8;
        QTest::newRow("jpeg") << QByteArray("jpeg") << QImage::Format_RGB32;
        QTest::newRow("webp") << QByteArray("webp") << QImage::Format_RGB32;
        QTest::newRow("tiff") << QByteArray("tiff") << QImage::Format_RGB32;
    }

    void colourProfilesBecomeSrgb()
    {
        QFETCH(QByteArray, format);
        QFETCH(QImage::Format, depth);
        QImage image(16, 16, QImage::Format_RGB32);
        image.fill(QColor(180, 120, 60));
        image.convertTo(depth);
        image.setColorSpace(QColorSpace(QColorSpace::DisplayP3));
        const Picture picture = readPicture(encode(image, format, 100), "wide");
        // Display P3 (180, 120, 60) in sRGB, by the two standards' matrices and the common transfer curve.
        QVERIFY2(isNear(pixel(picture, 8, 8), QColor(189, 118, 43), 3),
                 qPrintable(pixel(picture, 8, 8).name()));
    }

    void roundedGammaMeansSrgb_data()
    {
        QTest::addColumn<bool>("primaries");
        QTest::newRow("gamma alone") << false;
        QTest::newRow("with sRGB's primaries") << true;
    }

    void roundedGammaMeansSrgb()
    {
        QFETCH(bool, primaries);
        const QImage source = makeTexture(40, 30);
        QByteArray png = withPngChunk(encode(source, "png"), "gAMA", bigEndian(quint32(45455)));
        if (primaries) {
            QByteArray chromaticities;
            for (const quint32 value : {31270U, 32900U, 64000U, 33000U, 30000U, 60000U, 15000U, 6000U})
                chromaticities += bigEndian(value);
            png = withPngChunk(png, "cHRM", chromaticities);
        }
        const Picture picture = readPicture(png, "gamma");
        for (int y = 0; y < 30; ++y)
            for (int x = 0; x < 40; ++x)
                QCOMPARE(pixel(picture, x, y).rgb(), source.pixel(x, y));
    }

    void otherGammasAreConverted()
    {
        QImage image(4, 4, QImage::Format_RGB32);
        image.fill(QColor(64, 128, 200));
        const QByteArray png = withPngChunk(encode(image, "png"), "gAMA", bigEndian(quint32(100000)));
        // Linear light through sRGB's transfer curve.
        QVERIFY(isNear(pixel(readPicture(png, "linear"), 2, 2), QColor(137, 188, 229), 2));
    }

    void explicitGammaProfilesAreTakenAtTheirWord()
    {
        QImage image(4, 4, QImage::Format_RGB32);
        image.fill(QColor(20, 20, 20));
        image.setColorSpace(QColorSpace(QColorSpace::Primaries::SRgb, 2.2F));
        // (20 / 255) ^ 2.2 through sRGB's transfer curve, which is straight there.
        QVERIFY(isNear(pixel(readPicture(encode(image, "jpeg", 100), "gamma"), 2, 2), QColor(12, 12, 12), 1));
    }

    void deepPicturesHaveTheSameColours()
    {
        QImage shallow(64, 64, QImage::Format_RGB888);
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x)
                shallow.setPixelColor(x, y, QColor(4 * x, 4 * y, (x * y) % 256));
        shallow.setColorSpace(QColorSpace(QColorSpace::ProPhotoRgb));
        const QImage deep = shallow.convertToFormat(QImage::Format_RGBX64);
        const Picture of8 = readPicture(encode(shallow, "png"), "shallow");
        const Picture of16 = readPicture(encode(deep, "png"), "deep");
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x) {
                const QColor a = pixel(of8, x, y);
                const QColor b = pixel(of16, x, y);
                const int apart = std::max({std::abs(a.red() - b.red()), std::abs(a.green() - b.green()),
                                            std::abs(a.blue() - b.blue())});
                QVERIFY2(apart <= 2, qPrintable(QStringLiteral("%1 at %2, %3").arg(apart).arg(x).arg(y)));
            }
    }

    void profilesForOtherColoursAreLeftAside()
    {
        QImage grey(4, 4, QImage::Format_Grayscale8);
        grey.fill(100);
        const QByteArray profile = QColorSpace(QColorSpace::ProPhotoRgb).iccProfile();
        const QByteArray jpeg =
            withJpegSegment(encode(grey, "jpeg", 100), 0xE2, QByteArray("ICC_PROFILE\0\1\1", 14) + profile);
        QCOMPARE(pixel(readPicture(jpeg, "RGB profile, grey picture"), 2, 2), QColor(100, 100, 100));
        const QByteArray broken = withJpegSegment(encode(grey, "jpeg", 100), 0xE2,
                                                  QByteArray("ICC_PROFILE\0\1\1", 14) + profile.left(60));
        QCOMPARE(pixel(readPicture(broken, "broken"), 2, 2), QColor(100, 100, 100));
    }

    void oneTransparentColourOfSixteenBits()
    {
        QImage image(2, 1, QImage::Format_RGBX64);
        image.setPixelColor(0, 0, QColor(200, 0, 100));
        image.setPixelColor(1, 0, QColor(10, 20, 30));
        const QByteArray transparent =
            bigEndian(quint16(10 * 257)) + bigEndian(quint16(20 * 257)) + bigEndian(quint16(30 * 257));
        const QByteArray png = withPngChunk(encode(image, "png"), "tRNS", transparent);
        QCOMPARE(pixel(readPicture(png, "tRNS"), 0, 0), QColor(200, 0, 100));
        QCOMPARE(pixel(readPicture(png, "tRNS"), 1, 0), QColor(Qt::white));
        QCOMPARE(pixel(readPicture(png, "tRNS", {.applyOrientation = false}), 1, 0), QColor(10, 20, 30));
    }

    void drawingsAreRenderedLarge_data()
    {
        QTest::addColumn<QByteArray>("size");
        QTest::addColumn<QSize>("expected");
        QTest::newRow("icon") << QByteArray("width='32' height='24'") << QSize(1024, 768);
        QTest::newRow("portrait") << QByteArray("width='1500' height='3000'") << QSize(1500, 3000);
        QTest::newRow("poster") << QByteArray("width='100000' height='50000'") << QSize(4096, 2048);
        QTest::newRow("line") << QByteArray("width='1000000000' height='1'") << QSize(4096, 1);
    }

    void drawingsAreRenderedLarge()
    {
        QFETCH(QByteArray, size);
        QFETCH(QSize, expected);
        const QByteArray svg =
            "<svg xmlns='http://www.w3.org/2000/svg' " + size + "><rect " + size + " fill='#ff8000'/></svg>";
        const Picture picture = readPicture(svg, "drawing");
        QCOMPARE(picture.image.size(), expected);
        QCOMPARE(picture.format, QString("SVG"));
        QCOMPARE(pixel(picture, picture.width() / 2, picture.height() / 2), QColor(255, 128, 0));
    }

    void drawingsLieOverWhite()
    {
        const Picture picture = readPicture(
            QByteArray("<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'></svg>"), "nothing");
        QCOMPARE(pixel(picture, 512, 512), QColor(Qt::white));
    }

    void onePixel()
    {
        QImage image(1, 1, QImage::Format_RGB32);
        image.fill(QColor(1, 2, 3));
        const Picture picture = readPicture(encode(image, "png"), "dot");
        QCOMPARE(picture.image.size(), QSize(1, 1));
        QCOMPARE(pixel(picture, 0, 0), QColor(1, 2, 3));
    }

    void pastedPicture()
    {
        QImage image = makeQuarters().convertToFormat(QImage::Format_ARGB32_Premultiplied);
        const Picture picture = pictureFromImage(image, "Clipboard");
        QVERIFY(showsQuarters(picture, 0));
        QCOMPARE(picture.name, QString("Clipboard"));
        QVERIFY(picture.format.isEmpty());
    }
};

QTEST_MAIN(TestPicture)
#include "test_picture.moc"
