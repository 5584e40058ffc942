// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/resources.h"

#include <QTest>

#include <cstring>

using namespace reslens;

class TestEmbedded : public QObject
{
    Q_OBJECT

private slots:
    void embeddedModelIsAWholeHdf5File();
    void imagenetLabelsAreInTheNetworksOrder();
    void samplesAreThere();
};

void TestEmbedded::embeddedModelIsAWholeHdf5File()
{
    const std::span<const std::byte> bytes = embeddedModel();
    QVERIFY(bytes.size() > 1'000'000);
    QVERIFY(bytes.size() < 16'000'000);
    QCOMPARE(std::memcmp(bytes.data(), "\x89HDF\r\n\x1a\n", 8), 0);

    // A version 2 or 3 superblock with 8-byte offsets holds the file's size at byte 28.
    QVERIFY(int(bytes[8]) == 2 || int(bytes[8]) == 3);
    QCOMPARE(int(bytes[9]), 8);
    quint64 endOfFile = 0;
    std::memcpy(&endOfFile, bytes.data() + 28, sizeof endOfFile);
    QCOMPARE(endOfFile, quint64(bytes.size()));
    QCOMPARE(embeddedModelName(), std::string("reslens-tiny202.h5"));
}

void TestEmbedded::imagenetLabelsAreInTheNetworksOrder()
{
    const std::vector<ClassLabel> labels = imagenetLabels();
    QCOMPARE(labels.size(), std::size_t(1000));
    QCOMPARE(labels[0].name, std::string("tench"));
    QCOMPARE(labels[281].wnid, std::string("n02123045"));
    QCOMPARE(labels[281].name, std::string("tabby"));
    QCOMPARE(labels[999].name, std::string("toilet tissue"));
    for (std::size_t i = 1; i < labels.size(); ++i)
        QVERIFY(labels[i - 1].wnid < labels[i].wnid);
}

void TestEmbedded::samplesAreThere()
{
    const QStringList samples = samplePictures();
    QVERIFY(!samples.isEmpty());
    QVERIFY(samples.contains(QStringLiteral(":/samples/espresso.jpg")));
}

QTEST_MAIN(TestEmbedded)
#include "test_embedded.moc"
