// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/worker/summarize.h"
#include "ui/worker/worker.h"

#include <QSignalSpy>
#include <QtTest>

using namespace reslens;
using test::Desk;

/// The worker's functions are called directly here, so each test sees a request from beginning to end.
class TestWorker : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_model = m_desk.model(QStringLiteral("small.h5"));
        m_picture = m_desk.picture(QStringLiteral("picture.png"), {200, 100});
    }

    void loadsAndAnswers()
    {
        Worker worker;
        QSignalSpy progress(&worker, &Worker::modelProgress);
        QSignalSpy loaded(&worker, &Worker::modelLoaded);
        worker.loadModel(1, m_model, {}, {});
        QCOMPARE(loaded.count(), 1);
        QVERIFY(progress.count() > 0);
        const auto model = loaded[0][1].value<ModelSummaryPtr>();
        QCOMPARE(int(model->blocks.size()), Desk::BlockCount);
        QCOMPARE(model->inputSize, 75);
        QVERIFY(!model->embedded);

        QSignalSpy photos(&worker, &Worker::photoReady);
        QSignalSpy blocks(&worker, &Worker::blockReady);
        QSignalSpy answers(&worker, &Worker::answered);
        worker.analyse(2, PictureSource::fromFile(m_picture), {{ResizeMode::Crop, ResizeFilter::Bilinear}},
                       {});
        QCOMPARE(photos.count(), 1);
        QCOMPARE(blocks.count(), Desk::BlockCount);
        QCOMPARE(answers.count(), 1);
        const auto photo = photos[0][1].value<PhotoPtr>();
        QCOMPARE(photo->size, QSize(200, 100));
        QCOMPARE(photo->seen.size(), QSize(75, 75));
        QCOMPARE(photo->seenArea, QRectF(56, 6, 88, 88));
        const auto answer = answers[0][1].value<AnswerPtr>();
        QCOMPARE(answers[0][0].toULongLong(), 2ULL);
        QCOMPARE(int(answer->top.size()), 3);
        QVERIFY(answer->top[0].probability >= answer->top[1].probability);
        for (int i = 0; i < blocks.count(); ++i) {
            const auto block = blocks[i][1].value<BlockSummaryPtr>();
            QCOMPARE(block->index, i);
            QCOMPARE(block->thumbnail.size(), QSize(block->shape.width, block->shape.height));
            QVERIFY(block->shape == model->blocks[std::size_t(i)].shape);
            QVERIFY(block->meanMinimum <= float(block->statistics.mean));
            QVERIFY(block->meanMaximum >= float(block->statistics.mean));
        }
    }

    void withoutTopTheMapsStillCome()
    {
        Worker worker;
        worker.loadModel(1, m_desk.model(QStringLiteral("notop.h5"), false), {}, {});
        QSignalSpy blocks(&worker, &Worker::blockReady);
        QSignalSpy answers(&worker, &Worker::answered);
        worker.analyse(2, PictureSource::fromFile(m_picture), {}, {});
        QCOMPARE(blocks.count(), Desk::BlockCount);
        QCOMPARE(answers.count(), 1);
        QVERIFY(answers[0][1].value<AnswerPtr>()->top.empty());
    }

    void stopsWithinTheRun()
    {
        Worker worker;
        worker.loadModel(1, m_model, {}, {});
        std::stop_source source;
        int blocks = 0;
        connect(&worker, &Worker::blockReady, this, [&] {
            if (++blocks == 3)
                source.request_stop();
        });
        QSignalSpy answers(&worker, &Worker::answered);
        QSignalSpy failures(&worker, &Worker::failed);
        worker.analyse(2, PictureSource::fromFile(m_picture), {}, source.get_token());
        QCOMPARE(blocks, 3);
        QCOMPARE(answers.count(), 0);
        QCOMPARE(failures.count(), 0);
    }

    void stopsWithinTheLoading()
    {
        Worker worker;
        std::stop_source source;
        connect(&worker, &Worker::modelProgress, this, [&] { source.request_stop(); });
        QSignalSpy loaded(&worker, &Worker::modelLoaded);
        QSignalSpy failures(&worker, &Worker::failed);
        worker.loadModel(1, m_model, {}, source.get_token());
        QCOMPARE(loaded.count() + failures.count(), 0);
    }

    void aStoppedRequestDoesNothing()
    {
        Worker worker;
        std::stop_source source;
        source.request_stop();
        QSignalSpy failures(&worker, &Worker::failed);
        worker.analyse(1, PictureSource::fromFile(QStringLiteral("/no/such.png")), {}, source.get_token());
        QCOMPARE(failures.count(), 0);
    }

    void errorsBecomeSentences_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("missing") << m_desk.path(QStringLiteral("missing.png"));
        QTest::newRow("empty") << m_desk.file(QStringLiteral("empty.png"), {});
        QTest::newRow("text") << m_desk.file(QStringLiteral("text.jpg"), "no picture");
    }

    void errorsBecomeSentences()
    {
        QFETCH(QString, file);
        Worker worker;
        worker.loadModel(1, m_model, {}, {});
        QSignalSpy failures(&worker, &Worker::failed);
        worker.analyse(7, PictureSource::fromFile(file), {}, {});
        QCOMPARE(failures.count(), 1);
        QCOMPARE(failures[0][0].toULongLong(), 7ULL);
        QVERIFY2(failures[0][1].toString().contains(QFileInfo(file).fileName()),
                 qPrintable(failures[0][1].toString()));
        // The worker goes on.
        QSignalSpy answers(&worker, &Worker::answered);
        worker.analyse(8, PictureSource::fromFile(m_picture), {}, {});
        QCOMPARE(answers.count(), 1);
    }

    void aBadModelLeavesTheOneBefore()
    {
        Worker worker;
        worker.loadModel(1, m_model, {}, {});
        QSignalSpy failures(&worker, &Worker::failed);
        worker.loadModel(2, m_desk.file(QStringLiteral("bad.h5"), "not HDF5"), {}, {});
        QCOMPARE(failures.count(), 1);
        QVERIFY(failures[0][1].toString().contains(QStringLiteral("bad.h5")));
        QSignalSpy answers(&worker, &Worker::answered);
        worker.analyse(3, PictureSource::fromFile(m_picture), {}, {});
        QCOMPARE(answers.count(), 1);
    }

    void aUnitOfTheModelBeforeIsRefused()
    {
        Worker worker;
        QSignalSpy loaded(&worker, &Worker::modelLoaded);
        worker.loadModel(1, m_model, {}, {});
        const auto before = loaded[0][1].value<ModelSummaryPtr>();
        worker.loadModel(2, m_desk.model(QStringLiteral("notop.h5"), false), {}, {});
        worker.analyse(3, PictureSource::fromFile(m_picture), {}, {});
        QSignalSpy failures(&worker, &Worker::failed);
        const int node = *before->description.find("stem/conv_1");
        worker.explainUnit(4, {node, 0, {0, 0}, before}, {});
        QCOMPARE(failures.count(), 1);
        QVERIFY(failures[0][1].toString().contains(QStringLiteral("Another model")));
        worker.explainUnit(5, {node, 0, {0, 0}, loaded[1][1].value<ModelSummaryPtr>()}, {});
        QCOMPARE(failures.count(), 1);
    }

    void findsPicturesInFolders()
    {
        QDir(m_desk.path({})).mkdir(QStringLiteral("album"));
        for (const auto *name : {"album/10.png", "album/2.png"})
            m_desk.picture(QLatin1String(name));
        m_desk.file(QStringLiteral("album/notes.txt"), "x");
        QDir(m_desk.path({})).mkdir(QStringLiteral("nothing"));
        Worker worker;
        QSignalSpy found(&worker, &Worker::picturesFound);
        QSignalSpy failures(&worker, &Worker::failed);
        worker.findPictures(1, {m_desk.path(QStringLiteral("album"))}, {});
        QCOMPARE(found.count(), 1);
        QCOMPARE(found[0][1].toStringList(), QStringList({m_desk.path(QStringLiteral("album/2.png")),
                                                          m_desk.path(QStringLiteral("album/10.png"))}));
        worker.findPictures(2, {m_desk.path(QStringLiteral("nothing"))}, {});
        QCOMPARE(failures.count(), 1);
    }

    void halvingsShrinkToTheLeast()
    {
        const auto levels = halvings(QImage(2001, 1000, QImage::Format_RGB888), 512);
        QCOMPARE(int(levels.size()), 3);
        QCOMPARE(levels[0].size(), QSize(2001, 1000));
        QCOMPARE(levels[1].size(), QSize(1001, 500));
        QCOMPARE(levels[2].size(), QSize(501, 250));
        QCOMPARE(int(halvings(QImage(1, 1, QImage::Format_RGB888), 512).size()), 1);
    }

    void mapsArePaintedFromLeastToGreatest()
    {
        Tensor map({1, 3, 1});
        map.at(0, 0, 0) = -1;
        map.at(0, 1, 0) = 1;
        map.at(0, 2, 0) = 3;
        const QImage image = paintMap(map.view(), -1, 3);
        const auto expected = [](float t) {
            const Rgb rgb = colour(MapColours, t);
            return qRgb(rgb[0], rgb[1], rgb[2]);
        };
        QCOMPARE(image.pixel(0, 0), expected(0));
        QCOMPARE(image.pixel(1, 0), expected(0.5F));
        QCOMPARE(image.pixel(2, 0), expected(1));
    }

private:
    Desk m_desk;
    QString m_model;
    QString m_picture;
};

QTEST_MAIN(TestWorker)
#include "test_worker.moc"
