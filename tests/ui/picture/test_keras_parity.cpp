// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runner.h"
#include "engine/weights/archive.h"
#include "ui/picture/picture.h"
#include "ui/picture/preparation.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace reslens;

namespace {

const QDir data(QStringLiteral(RESLENS_TEST_DATA "/load_img"));

} // namespace

/// "Keras exact" and what Keras itself made of the same files, see tests/reference/make_load_img_golden.py.
class TestKerasParity : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void pixelsAreThoseOfLoadImg_data();
    void pixelsAreThoseOfLoadImg();
    void predictionsAreThoseOfPredict();

private:
    QTemporaryDir m_folder;
    QString m_model = m_folder.filePath("top.weights.h5");
    QJsonObject m_expected;
};

void TestKerasParity::initTestCase()
{
    const std::vector<std::byte> bytes =
        Archive::open(RESLENS_TEST_DATA "/keras/keras.zip").read("top.weights.h5");
    QFile model(m_model);
    QVERIFY(model.open(QIODevice::WriteOnly));
    model.write(reinterpret_cast<const char *>(bytes.data()), qint64(bytes.size()));

    QFile expected(data.filePath("expected.json"));
    QVERIFY(expected.open(QIODevice::ReadOnly));
    m_expected = QJsonDocument::fromJson(expected.readAll()).object();
    QVERIFY(m_expected.size() > 10);
}

void TestKerasParity::pixelsAreThoseOfLoadImg_data()
{
    QTest::addColumn<QString>("picture");
    QTest::addColumn<int>("size");
    for (const QString &picture : m_expected.keys())
        for (const int size : {20, 75})
            QTest::addRow("%s to %d", qPrintable(picture), size) << picture << size;
}

void TestKerasParity::pixelsAreThoseOfLoadImg()
{
    QFETCH(const QString, picture);
    QFETCH(const int, size);
    const QImage golden = QImage(data.filePath(QStringLiteral("%1@%2.golden.png").arg(picture).arg(size)))
                              .convertToFormat(QImage::Format_RGB888);
    QCOMPARE(golden.size(), QSize(size, size));
    const Picture read = readPicture(data.filePath(picture), {KerasExact.honourOrientation});
    const Image seen = resizeForNetwork(*read.pixels, size, KerasExact.resize);
    const QImage found(seen.pixels.data(), size, size, 3 * size, QImage::Format_RGB888);
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x)
            QVERIFY2(found.pixel(x, y) == golden.pixel(x, y),
                     qPrintable(QStringLiteral("(%1, %2) is %3, expected %4")
                                    .arg(x)
                                    .arg(y)
                                    .arg(found.pixelColor(x, y).name(), golden.pixelColor(x, y).name())));
}

void TestKerasParity::predictionsAreThoseOfPredict()
{
    // The file says nothing of 75 pixels, at which Keras was asked; the network takes any size.
    LoadOptions options;
    options.inputSize = 75;
    Runner runner(Network::load(m_model.toStdString(), options), 1);
    for (const QString &picture : m_expected.keys()) {
        const Picture read = readPicture(data.filePath(picture), {KerasExact.honourOrientation});
        const std::vector<float> found =
            runner.run(normalize(resizeForNetwork(*read.pixels, 75, KerasExact.resize))).probabilities;
        const QJsonArray expected = m_expected[picture].toArray();
        QCOMPARE(qsizetype(found.size()), expected.size());
        for (qsizetype i = 0; i < expected.size(); ++i)
            QVERIFY2(std::abs(double(found[std::size_t(i)]) - expected[i].toDouble()) <= 1e-4,
                     qPrintable(picture));
    }
}

QTEST_GUILESS_MAIN(TestKerasParity)
#include "test_keras_parity.moc"
