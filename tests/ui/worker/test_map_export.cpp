// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/maps/maps_fixture.h"
#include "ui/maps/drag_out.h"
#include "ui/maps/export_menu.h"
#include "ui/weights/model_file.h"
#include "ui/worker/worker.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QUrl>
#include <QtTest>
#include <cstring>

using namespace reslens;
using test::makeMaps;

class TestMapExport : public QObject
{
    Q_OBJECT

private slots:
    void valuesAreThoseOfTheTensor()
    {
        const MapExport wanted = some(QStringLiteral("values.npy"), {3, 0, 4});
        writeChannels(wanted);
        const QByteArray file = read(wanted.file);
        QVERIFY(file.contains("'shape': (4, 6, 3)"));
        const char *values = file.constData() + file.size() - qsizetype(4 * 6 * 3 * sizeof(float));
        for (int y = 0; y < 4; ++y)
            for (int x = 0; x < 6; ++x)
                for (int i = 0; i < 3; ++i, values += sizeof(float)) {
                    float value = 0;
                    std::memcpy(&value, values, sizeof value);
                    QCOMPARE(value, wanted.map().tensor->at(y, x, wanted.channels[std::size_t(i)]));
                }
    }

    void vectorsHaveOneExtent()
    {
        const BlockMapsPtr maps = makeMaps({1, 1, 5}, [](int, int, int channel) { return float(channel); });
        auto model = std::make_shared<ModelSummary>(*maps->model);
        model->description.nodes.front().operation = Operation::Dense;
        auto logits = std::make_shared<BlockMaps>(*maps);
        logits->model = model;
        MapExport wanted{logits, 0, {4, 1}, m_folder.filePath(QStringLiteral("logits.npy")), {}, 1};
        writeChannels(wanted);
        QVERIFY(read(wanted.file).contains("'shape': (2,)"));
    }

    void aDescriptionLiesBeside()
    {
        for (const auto *name : {"map.npy", "map.h5", "map.png"}) {
            const MapExport wanted = some(QLatin1String(name), {2});
            writeChannels(wanted);
            QVERIFY(QFileInfo(wanted.file).size() > 0);
            const QJsonObject json = QJsonDocument::fromJson(read(wanted.file + ".json")).object();
            QCOMPARE(json["file"].toString(), QLatin1String(name));
            QCOMPARE(json["tensor"].toString(), QStringLiteral("block17_3/residual"));
            QCOMPARE(json["channels"].toArray(), QJsonArray({2}));
            QCOMPARE(json["preprocessing"].toString(), describePreparation({}));
            QVERIFY(json.contains("image") && json.contains("model"));
            QCOMPARE(json.contains("picture"), QLatin1String(name).endsWith(QLatin1String("png")));
        }
    }

    void picturesAreAsSeen()
    {
        MapExport wanted = some(QStringLiteral("one.png"), {1});
        wanted.cell = 5;
        const QImage one = paintChannels(wanted);
        QCOMPARE(one.size(), QSize(30, 20));
        const ColorScale scale = scaleOver(valueLimits(wanted.map(), 1, {}), wanted.map(), {});
        const QImage expected = paintChannel(wanted.map().tensor->view(), 1, scale);
        for (int y = 0; y < 20; ++y)
            for (int x = 0; x < 30; ++x)
                QCOMPARE(one.pixel(x, y), expected.pixel(x / 5, y / 5));
        writeChannels(wanted);
        QCOMPARE(QImage(wanted.file).convertToFormat(QImage::Format_RGB32), one);
    }

    void severalStandInAGrid()
    {
        const MapExport wanted = some(QStringLiteral("grid.png"), {4, 3, 2, 1, 0});
        const QImage grid = paintChannels(wanted);
        // Three columns and two rows of 6 × 4 tiles, four pixels between them.
        QCOMPARE(grid.size(), QSize(3 * 6 + 2 * 4, 2 * 4 + 4));
        QCOMPARE(grid.copy(10, 8, 6, 4), paintChannels(some(QString(), {0})));
        QCOMPARE(grid.pixel(7, 1), qRgb(128, 128, 128));
    }

    void whatIsDraggedIsThePicture()
    {
        DragOut drag;
        const MapExport wanted = some(QString(), {3});
        const std::unique_ptr<QMimeData> content = drag.content(wanted);
        QVERIFY(content->hasImage());
        QCOMPARE(content->urls().size(), 1);
        const QString file = content->urls().first().toLocalFile();
        QCOMPARE(QFileInfo(file).fileName(), QStringLiteral("block17_3_residual_ch3.png"));
        QCOMPARE(QImage(file).convertToFormat(QImage::Format_RGB32), paintChannels(wanted));
        QCOMPARE(content->imageData().value<QImage>(), paintChannels(wanted));
    }

    void whatCannotBeDraggedIsSaid()
    {
        DragOut drag;
        QSignalSpy problems(&drag, &DragOut::problem);
        MapExport wanted = some(QString(), {3});
        wanted.cell = 5000;
        // Whether or not anybody asks for it.
        const std::unique_ptr<QMimeData> content = drag.content(wanted);
        QTRY_COMPARE(problems.count(), 1);
        QVERIFY(problems[0][0].toString().contains(QStringLiteral("choose fewer channels")));
    }

    void whatCannotBeWrittenIsSaid_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("suffix") << m_folder.filePath(QStringLiteral("map.txt"));
        QTest::newRow("folder") << m_folder.filePath(QStringLiteral("none/map.npy"));
    }

    void whatCannotBeWrittenIsSaid()
    {
        QFETCH(QString, file);
        Worker worker;
        QSignalSpy failures(&worker, &Worker::failed);
        QSignalSpy saved(&worker, &Worker::saved);
        MapExport wanted = some(QString(), {0});
        wanted.file = file;
        worker.save(3, wanted);
        QCOMPARE(saved.count(), 0);
        QCOMPARE(failures.count(), 1);
        QVERIFY(failures[0][1].toString().contains(QFileInfo(file).fileName()));
        QVERIFY(!QFileInfo::exists(file));
    }

    void namesSayWhatIsInside()
    {
        QCOMPARE(fileNameFor(some({}, {2})), QStringLiteral("block17_3_residual_ch2"));
        QCOMPARE(fileNameFor(some({}, {2, 4})), QStringLiteral("block17_3_residual_2_channels"));
        QCOMPARE(fileNameFor(some({}, {0, 1, 2, 3, 4})), QStringLiteral("block17_3_residual"));
    }

private:
    MapExport some(const QString &file, const std::vector<int> &channels) const
    {
        return {makeMaps({4, 6, 5}, [](int y, int x, int c) { return float(y * x - 3 * c) / 7; }),
                0,
                channels,
                m_folder.filePath(file),
                {},
                1};
    }

    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
};

QTEST_MAIN(TestMapExport)
#include "test_map_export.moc"
