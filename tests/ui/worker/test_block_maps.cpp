// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/worker/worker.h"

#include <QSignalSpy>
#include <QtTest>
#include <algorithm>

using namespace reslens;
using test::Desk;

namespace {

/// A run that keeps a residual adds it in a step of its own, so the last bits may differ.
bool areClose(const Tensor &own, const Tensor &theirs)
{
    float extent = 0;
    for (const float value : theirs.values())
        extent = std::max(extent, std::abs(value));
    return std::ranges::equal(own.values(), theirs.values(),
                              [&](float a, float b) { return std::abs(a - b) <= 1e-5F * extent; });
}

} // namespace

/// The worker's functions are called directly here, so each test sees a request from beginning to end.
class TestBlockMaps : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_model = m_desk.model(QStringLiteral("small.h5"));
        // As large as the network's input, so that it goes in pixel for pixel.
        m_picture = m_desk.picture(QStringLiteral("picture.png"), {75, 75});
    }

    void everyTensorIsTheRunners()
    {
        Worker worker;
        worker.loadModel(1, m_model, {}, {});
        worker.analyse(2, PictureSource::fromFile(m_picture), {}, {});

        const auto network = Network::load(m_model.toStdString());
        RunOptions options;
        for (const Block &block : network->description().blocks)
            if (block.name != "predictions")
                for (const std::string &address : network->description().addresses(block))
                    options.capture.push_back(address);
        const QImage picture = QImage(m_picture).convertToFormat(QImage::Format_RGB888);
        Image pixels{75, 75, std::vector<std::uint8_t>(75 * 75 * 3)};
        for (int y = 0; y < 75; ++y)
            std::copy_n(picture.constScanLine(y), 75 * 3, pixels.row(y));
        const RunResult expected = Runner(network).run(normalize(pixels), options);

        std::size_t seen = 0;
        QSignalSpy opened(&worker, &Worker::blockOpened);
        for (int block = 0; block < Desk::BlockCount; ++block) {
            worker.openBlock(quint64(10 + block), block, {});
            QCOMPARE(opened.count(), block + 1);
            QCOMPARE(opened.last()[0].toULongLong(), quint64(10 + block));
            const auto maps = opened.last()[1].value<BlockMapsPtr>();
            QCOMPARE(maps->index, block);
            QCOMPARE(maps->source.path, m_picture);
            for (const BlockMaps::Map &map : maps->maps) {
                ++seen;
                QCOMPARE(map.address, maps->block + u'/' + map.name);
                const Tensor &own = *map.tensor;
                const Tensor &theirs = *expected.captured.at(map.address.toStdString());
                QVERIFY(own.shape() == theirs.shape());
                QVERIFY2(areClose(own, theirs), qPrintable(map.address));
                const auto [least, greatest] = std::ranges::minmax(own.values());
                QCOMPARE(map.minimum, least);
                QCOMPARE(map.maximum, greatest);
                QCOMPARE(int(map.channels.size()), own.shape().channels);
                QVERIFY(own.shape() == maps->model->shapes[std::size_t(map.node)]);
            }
        }
        QCOMPARE(seen, expected.captured.size());
    }

    void withoutAPictureThereIsASentence()
    {
        Worker worker;
        worker.loadModel(1, m_model, {}, {});
        QSignalSpy failures(&worker, &Worker::failed);
        worker.openBlock(2, 3, {});
        QCOMPARE(failures.count(), 1);
        worker.analyse(3, PictureSource::fromFile(m_picture), {}, {});
        // Another network has not seen the picture.
        worker.loadModel(4, m_model, {}, {});
        worker.openBlock(5, 3, {});
        QCOMPARE(failures.count(), 2);
    }

    void aStoppedRequestIsSilent()
    {
        Worker worker;
        worker.loadModel(1, m_model, {}, {});
        worker.analyse(2, PictureSource::fromFile(m_picture), {}, {});
        std::stop_source source;
        source.request_stop();
        QSignalSpy opened(&worker, &Worker::blockOpened);
        QSignalSpy failures(&worker, &Worker::failed);
        worker.openBlock(3, 0, source.get_token());
        QCOMPARE(opened.count() + failures.count(), 0);
    }

private:
    Desk m_desk;
    QString m_model;
    QString m_picture;
};

QTEST_MAIN(TestBlockMaps)
#include "test_block_maps.moc"
