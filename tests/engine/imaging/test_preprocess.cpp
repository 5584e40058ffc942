// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/imaging/preprocess.h"
#include "engine/imaging/resample.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace reslens;

namespace {

Image emptyImage(int width, int height)
{
    return {width, height, std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height) * 3)};
}

/// The picture that tests/reference/make_resize_golden.py makes of the same seed.
Image makeNoise(int width, int height, std::uint32_t seed)
{
    Image image = emptyImage(width, height);
    for (std::uint8_t &value : image.pixels) {
        seed = 1664525U * seed + 1013904223U;
        value = std::uint8_t(seed >> 24);
    }
    return image;
}

double weight(ResizeFilter filter, double x)
{
    x = std::abs(x);
    if (filter == ResizeFilter::Bilinear)
        return std::max(0.0, 1.0 - x);
    if (x < 1.0)
        return 1.5 * x * x * x - 2.5 * x * x + 1.0;
    return x < 2.0 ? -0.5 * x * x * x + 2.5 * x * x - 4.0 * x + 2.0 : 0.0;
}

/// The weights of one output sample over all source samples, straight from the definition of an antialiased
/// filter.
std::vector<double> weights(int index, int sourceSize, int outputSize, ResizeFilter filter)
{
    const double scale = double(sourceSize) / outputSize;
    const double widening = std::max(1.0, scale);
    std::vector<double> result;
    double sum = 0.0;
    for (int i = 0; i < sourceSize; ++i) {
        result.push_back(weight(filter, (i + 0.5 - (index + 0.5) * scale) / widening));
        sum += result.back();
    }
    for (double &value : result)
        value /= sum;
    return result;
}

/// Naive twin of resample() for bilinear and bicubic: double precision, no rounding between the passes.
std::vector<double> resampleNaively(const Image &image, int width, int height, ResizeFilter filter)
{
    std::vector<double> result;
    for (int y = 0; y < height; ++y) {
        const std::vector<double> down = weights(y, image.height, height, filter);
        for (int x = 0; x < width; ++x) {
            const std::vector<double> across = weights(x, image.width, width, filter);
            for (int channel = 0; channel < 3; ++channel) {
                double sum = 0.0;
                for (int i = 0; i < image.height; ++i) {
                    double rowSum = 0.0;
                    for (int k = 0; k < image.width; ++k)
                        rowSum += across[std::size_t(k)] * image.row(i)[k * 3 + channel];
                    sum += down[std::size_t(i)] * std::clamp(rowSum, 0.0, 255.0);
                }
                result.push_back(std::clamp(sum, 0.0, 255.0));
            }
        }
    }
    return result;
}

ResizeFilter filterOf(const QString &name)
{
    if (name == "nearest")
        return ResizeFilter::Nearest;
    return name == "bilinear" ? ResizeFilter::Bilinear : ResizeFilter::Bicubic;
}

Image crop(const Image &image, const Box &box)
{
    Image result = emptyImage(box.width, box.height);
    for (int y = 0; y < box.height; ++y)
        std::copy_n(image.row(box.y + y) + box.x * 3, box.width * 3, result.row(y));
    return result;
}

} // namespace

class TestPreprocess : public QObject
{
    Q_OBJECT

private slots:
    void resampleEqualsPillow_data()
    {
        QTest::addColumn<QStringList>("fields");
        QTest::addColumn<QByteArray>("expected");
        QFile table(RESLENS_TEST_DATA "/resize/golden.csv");
        QFile pixels(RESLENS_TEST_DATA "/resize/golden.rgb");
        QVERIFY(table.open(QIODevice::ReadOnly));
        QVERIFY(pixels.open(QIODevice::ReadOnly));
        table.readLine();
        while (!table.atEnd()) {
            const QString line = QString::fromLatin1(table.readLine()).trimmed();
            const QStringList fields = line.split(',');
            const qint64 size = fields[8].toLongLong() * fields[9].toLongLong() * 3;
            QTest::newRow(qPrintable(line)) << fields << pixels.read(size);
        }
        QVERIFY(pixels.atEnd());
    }

    void resampleEqualsPillow()
    {
        QFETCH(QStringList, fields);
        QFETCH(QByteArray, expected);
        const auto number = [&](int index) { return fields[index].toInt(); };
        const Image source = makeNoise(number(2), number(3), fields[1].toUInt());
        const Box box{number(4), number(5), number(6), number(7)};
        const Image result = resample(source, box, number(8), number(9), filterOf(fields[0]));
        QCOMPARE(result.width, number(8));
        QCOMPARE(result.height, number(9));
        const QByteArray found(reinterpret_cast<const char *>(result.pixels.data()),
                               qsizetype(result.pixels.size()));
        QCOMPARE(found, expected);
    }

    void resampleEqualsNaiveTwin_data()
    {
        QTest::addColumn<ResizeFilter>("filter");
        QTest::newRow("bilinear") << ResizeFilter::Bilinear;
        QTest::newRow("bicubic") << ResizeFilter::Bicubic;
    }

    void resampleEqualsNaiveTwin()
    {
        QFETCH(ResizeFilter, filter);
        std::mt19937 random(20160223);
        const auto side = [&] { return int(random() % 40) + 1; };
        for (int run = 0; run < 60; ++run) {
            const Image source = makeNoise(side(), side(), std::uint32_t(random()));
            const int width = side();
            const int height = side();
            const Image result = resample(source, {0, 0, source.width, source.height}, width, height, filter);
            const std::vector<double> expected = resampleNaively(source, width, height, filter);
            double worst = 0.0;
            for (std::size_t i = 0; i < expected.size(); ++i)
                worst = std::max(worst, std::abs(result.pixels[i] - expected[i]));
            // Half a step of each pass' rounding, the first one passed on by weights that add up to at
            // most 1.25.
            QVERIFY2(worst <= 0.5 + 0.5 * 1.25 + 1e-4, qPrintable(QString("%1 × %2 to %3 × %4: off by %5")
                                                                      .arg(source.width)
                                                                      .arg(source.height)
                                                                      .arg(width)
                                                                      .arg(height)
                                                                      .arg(worst)));
        }
    }

    void nearestTakesThePixelUnderTheCentre()
    {
        std::mt19937 random(7);
        for (int run = 0; run < 100; ++run) {
            const Image source =
                makeNoise(int(random() % 50) + 1, int(random() % 50) + 1, std::uint32_t(random()));
            // Odd factors only, so that no centre falls on the border of two pixels.
            const int width = source.width * 3;
            const int height = source.height * 5;
            const Image result =
                resample(source, {0, 0, source.width, source.height}, width, height, ResizeFilter::Nearest);
            for (int y = 0; y < height; ++y)
                for (int x = 0; x < width; ++x)
                    QVERIFY(std::equal(result.row(y) + x * 3, result.row(y) + x * 3 + 3,
                                       source.row(y / 5) + x / 3 * 3));
        }
    }

    void networkSizeGoesInPixelForPixel_data() { everyPreprocessing(); }

    void networkSizeGoesInPixelForPixel()
    {
        QFETCH(ResizeMode, mode);
        QFETCH(ResizeFilter, filter);
        const Image source = makeNoise(75, 75, 3);
        const Image result = resizeForNetwork(source, 75, {mode, filter});
        QCOMPARE(result.width, 75);
        QCOMPARE(result.height, 75);
        QVERIFY(result.pixels == source.pixels);
    }

    void cropTakesTheCentreSquare_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<QRect>("box");
        QTest::newRow("landscape") << 160 << 80 << QRect(45, 5, 70, 70);
        QTest::newRow("portrait") << 41 << 100 << QRect(2, 32, 36, 36);                // 35.875
        QTest::newRow("half rounds up") << 12 << 12 << QRect(0, 0, 11, 11);            // 10.5
        QTest::newRow("network size on one side") << 75 << 90 << QRect(4, 12, 66, 66); // 65.625
        QTest::newRow("one column") << 1 << 10000 << QRect(0, 4999, 1, 1);
        QTest::newRow("one row") << 20000 << 1 << QRect(9999, 0, 1, 1);
    }

    void cropTakesTheCentreSquare()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(QRect, box);
        const Image source = makeNoise(width, height, 5);
        const Image square = crop(source, {box.x(), box.y(), box.width(), box.height()});
        for (const ResizeFilter filter :
             {ResizeFilter::Nearest, ResizeFilter::Bilinear, ResizeFilter::Bicubic}) {
            const Image result = resizeForNetwork(source, 75, {ResizeMode::Crop, filter});
            QVERIFY(result.pixels == resizeForNetwork(square, 75, {ResizeMode::Squash, filter}).pixels);
        }
    }

    void extremeAspectsKeepTheirColours_data() { everyPreprocessing(); }

    void extremeAspectsKeepTheirColours()
    {
        QFETCH(ResizeMode, mode);
        QFETCH(ResizeFilter, filter);
        for (const auto &[width, height] : {std::pair{1, 1}, {1, 10000}, {20000, 1}, {2, 300000}}) {
            Image source = emptyImage(width, height);
            for (std::size_t i = 0; i < source.pixels.size(); i += 3) {
                source.pixels[i] = 10;
                source.pixels[i + 1] = 128;
                source.pixels[i + 2] = 255;
            }
            const Image result = resizeForNetwork(source, 299, {mode, filter});
            QCOMPARE(result.pixels.size(), std::size_t(299 * 299 * 3));
            for (std::size_t i = 0; i < result.pixels.size(); i += 3) {
                QCOMPARE(int(result.pixels[i]), 10);
                QCOMPARE(int(result.pixels[i + 1]), 128);
                QCOMPARE(int(result.pixels[i + 2]), 255);
            }
        }
    }

    void refusesNothingness()
    {
        QVERIFY_EXCEPTION_THROWN(resizeForNetwork(Image{}, 299, {}), Error);
        QVERIFY_EXCEPTION_THROWN(resizeForNetwork(makeNoise(4, 4, 1), 0, {}), Error);
    }

    void normalizeMapsBytesToMinusOneToOne()
    {
        Image image = emptyImage(128, 2);
        for (std::size_t i = 0; i < image.pixels.size(); ++i)
            image.pixels[i] = std::uint8_t(i % 256);
        const Tensor tensor = normalize(image);
        QVERIFY(tensor.shape() == (Shape{2, 128, 3}));
        QCOMPARE(tensor.at(0, 0, 0), -1.0F);
        QCOMPARE(tensor.at(0, 85, 0), 1.0F);
        for (int y = 0; y < 2; ++y)
            for (int x = 0; x < 128; ++x)
                for (int channel = 0; channel < 3; ++channel)
                    QCOMPARE(tensor.at(y, x, channel), float(image.row(y)[x * 3 + channel]) / 127.5F - 1.0F);
    }

    void namesForCaptions()
    {
        QCOMPARE(toString(Preprocessing{}), std::string("stretched, bilinear"));
        QCOMPARE(toString({ResizeMode::Squash, ResizeFilter::Nearest}), std::string("stretched, nearest"));
        QCOMPARE(toString({ResizeMode::Crop, ResizeFilter::Bicubic}),
                 std::string("centre crop 87.5 %, bicubic"));
    }

private:
    static void everyPreprocessing()
    {
        QTest::addColumn<ResizeMode>("mode");
        QTest::addColumn<ResizeFilter>("filter");
        for (const ResizeMode mode : {ResizeMode::Squash, ResizeMode::Crop})
            for (const ResizeFilter filter :
                 {ResizeFilter::Nearest, ResizeFilter::Bilinear, ResizeFilter::Bicubic})
                QTest::newRow(toString({mode, filter}).c_str()) << mode << filter;
    }
};

QTEST_APPLESS_MAIN(TestPreprocess)
#include "test_preprocess.moc"
