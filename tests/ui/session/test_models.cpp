// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/network/block_table.h"
#include "ui/session/block_model.h"
#include "ui/session/filmstrip_model.h"
#include "ui/session/prediction_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>
#include <atomic>

using namespace reslens;

namespace {

ModelSummaryPtr threeBlocks()
{
    auto model = std::make_shared<ModelSummary>();
    model->info.classes = {{"n01", "tabby"}, {"n02", "Egyptian_cat"}, {"", "class 2"}};
    model->blocks = {{QStringLiteral("stem"), {15, 15, 48}, false},
                     {QStringLiteral("mixed_5b"), {15, 15, 80}, false},
                     {QStringLiteral("block35_1"), {15, 15, 80}, true}};
    return model;
}

BlockSummaryPtr result(int index)
{
    auto summary = std::make_shared<BlockSummary>();
    summary->index = index;
    summary->shape = {2, 2, 1};
    summary->statistics = {0, 4, 1.5, 1, 0.25};
    summary->thumbnail = QImage(2, 2, QImage::Format_RGB32);
    return summary;
}

AnswerPtr answer()
{
    auto value = std::make_shared<Answer>();
    value->model = threeBlocks();
    value->top = {{1, 0.873F, 4.25F}, {0, 0.1266F, 2.0F}, {2, 0.0002F, -3.5F}};
    return value;
}

std::vector<PictureSource> sources(int count)
{
    std::vector<PictureSource> list;
    for (int i = 0; i < count; ++i)
        list.push_back(PictureSource::fromFile(QStringLiteral("/pictures/%1.png").arg(i)));
    return list;
}

} // namespace

class TestModels : public QObject
{
    Q_OBJECT

private slots:
    void predictions()
    {
        PredictionModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.text(), QString());

        model.setAnswer(answer());
        QCOMPARE(model.rowCount(), 3);
        const auto shown = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(shown(0, PredictionModel::Rank), QStringLiteral("1"));
        QCOMPARE(shown(0, PredictionModel::Name), QStringLiteral("Egyptian cat"));
        QCOMPARE(shown(0, PredictionModel::Probability), QStringLiteral("87.3 %"));
        QCOMPARE(shown(0, PredictionModel::Logit), QStringLiteral("4.25"));
        QCOMPARE(shown(0, PredictionModel::WordNetId), QStringLiteral("n02"));
        QCOMPARE(shown(2, PredictionModel::Probability), QStringLiteral("< 0.1 %"));
        QCOMPARE(shown(2, PredictionModel::Logit), QStringLiteral("−3.50"));
        QCOMPARE(model.index(1, PredictionModel::Probability).data(Qt::EditRole).toFloat(), 0.1266F);
        QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("n02")));
        QVERIFY(!model.index(2, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("WordNet")));
        QVERIFY(model.text().startsWith(QStringLiteral("  87.3 %  Egyptian_cat  (n02)\n")));

        QCOMPARE(model.rowOf(0), 1);
        QCOMPARE(model.rowOf(7), -1);

        model.setAnswer(nullptr);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.rowOf(0), -1);
    }

    void predictionsBesideThoseBefore()
    {
        auto before = std::make_shared<Answer>(*answer());
        before->probabilities = {0.5F, 0.402F, 0.098F};
        PredictionModel model;
        model.setAnswer(answer(), before);
        const QModelIndex share = model.index(0, PredictionModel::Probability);
        QCOMPARE(share.data().toString(), QStringLiteral("40.2 → 87.3 %"));
        QVERIFY(share.data(Qt::ToolTipRole).toString().endsWith(QStringLiteral("the outline: 40.2 %")));
    }

    void energiesComeWithARoundScale()
    {
        BlockModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setModel(threeBlocks());
        model.setResult(result(2));
        QVERIFY(!model.hasEnergies());
        QVERIFY(!model.energy(2));
        model.setEnergies({{}, {}, 0.231});
        QCOMPARE(model.energy(2), std::optional(0.231));
        QVERIFY(!model.energy(0));
        QCOMPARE(model.energyScale(), 0.5);
        QVERIFY(model.index(2).data(Qt::ToolTipRole).toString().contains(QStringLiteral("0.231")));
        model.setEnergies({{}, {}, 0.02});
        QCOMPARE(model.energyScale(), 0.02);
        model.clearResults();
        QVERIFY(!model.hasEnergies());
    }

    void theStripIsATableToo()
    {
        BlockModel model;
        model.setModel(threeBlocks());
        model.setResult(result(2));
        model.setEnergies({{}, {}, 0.231});
        const ChartTable table = tableOf(model);
        QCOMPARE(int(table.rows.size()), 4);
        QCOMPARE(table.rows[0], QStringList({"stem", "15", "15", "48", ""}));
        QCOMPARE(table.rows[2],
                 QStringList({"block35_1", "15", "15", "80", "0.231", "1.5", "1", "0", "4", "0.25"}));
        QCOMPARE(table.rows[3].first(), QStringLiteral("predictions"));
    }

    void blocksFillOneByOne()
    {
        BlockModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setModel(threeBlocks());
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.doneCount(), 0);
        QVERIFY(!model.index(1).data(BlockModel::DoneRole).toBool());
        QVERIFY(model.index(1).data(Qt::DecorationRole).isNull());
        QCOMPARE(model.index(2).data(BlockModel::StageRole).toString(), QStringLiteral("block35"));

        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setResult(result(1));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.front().front().toModelIndex().row(), 1);
        QCOMPARE(model.doneCount(), 1);
        QVERIFY(model.index(1).data(BlockModel::DoneRole).toBool());
        QCOMPARE(model.index(1).data(Qt::DecorationRole).value<QImage>().size(), QSize(2, 2));
        QVERIFY(model.index(1).data(Qt::ToolTipRole).toString().contains(QStringLiteral("25.0 %")));
        model.setResult(result(1));
        QCOMPARE(model.doneCount(), 1);
        model.setResult(result(7));
        QCOMPARE(model.doneCount(), 1);

        model.clearResults();
        QCOMPARE(model.doneCount(), 0);
        QVERIFY(model.index(1).data(Qt::DecorationRole).isNull());
    }

    void predictionsAreTheLastBlock()
    {
        BlockModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setModel(threeBlocks());
        const QModelIndex last = model.index(3);
        QCOMPARE(last.data().toString(), QStringLiteral("predictions"));
        QCOMPARE(model.size(3), QStringLiteral("3 classes"));
        QVERIFY(!model.hasMap(3) && model.hasMap(2));
        QVERIFY(!last.data(BlockModel::DoneRole).toBool());

        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setAnswer(answer());
        QCOMPARE(changed.count(), 1);
        QCOMPARE(model.doneCount(), 1);
        QVERIFY(last.data(BlockModel::DoneRole).toBool());
        QCOMPARE(last.data(BlockModel::TopRole).value<QList<float>>(),
                 QList<float>({0.873F, 0.1266F, 0.0002F}));
        QVERIFY(last.data(Qt::ToolTipRole).toString().contains(QStringLiteral("Egyptian cat 87.3 %")));
        QVERIFY(model.index(2).data(BlockModel::TopRole).isNull());
        model.clearResults();
        QVERIFY(last.data(BlockModel::TopRole).isNull());

        auto withoutTop = std::make_shared<ModelSummary>(*threeBlocks());
        withoutTop->info.classes.clear();
        model.setModel(withoutTop);
        QCOMPARE(model.rowCount(), 3);
        model.setAnswer(answer());
        QCOMPARE(model.doneCount(), 0);
    }

    void stagesAreNamesWithoutNumbers()
    {
        QCOMPARE(stageOf(QStringLiteral("mixed_5b")), QStringLiteral("mixed_5b"));
        QCOMPARE(stageOf(QStringLiteral("block17_20")), QStringLiteral("block17"));
    }

    void theMiddleOfTheLongestStage()
    {
        const auto middleOf = [](int block35, int block17) {
            auto network = std::make_shared<ModelSummary>();
            network->blocks = {{QStringLiteral("stem"), {15, 15, 48}, false}};
            for (int i = 1; i <= block35; ++i)
                network->blocks.push_back({QStringLiteral("block35_%1").arg(i), {15, 15, 80}, true});
            network->blocks.push_back({QStringLiteral("mixed_6a"), {7, 7, 96}, false});
            for (int i = 1; i <= block17; ++i)
                network->blocks.push_back({QStringLiteral("block17_%1").arg(i), {7, 7, 96}, true});
            BlockModel model;
            model.setModel(network);
            return model.middleBlock();
        };
        QCOMPARE(middleOf(10, 20), QStringLiteral("block17_10"));
        QCOMPARE(middleOf(3, 1), QStringLiteral("block35_2"));
        QCOMPARE(middleOf(0, 1), QStringLiteral("block17_1"));
        QCOMPARE(middleOf(0, 0), QString());
        QCOMPARE(BlockModel().middleBlock(), QString());
    }

    void filmstripReadsWhatIsAskedFor()
    {
        std::atomic<int> reads = 0;
        FilmstripModel model([&reads](const QString &path, QSize box) {
            ++reads;
            return path.endsWith(QLatin1String("3.png")) ? QImage() : QImage(box, QImage::Format_RGB32);
        });
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPictures(sources(5));
        const int before = reads;
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QVERIFY(model.index(2).data(Qt::DecorationRole).isNull());
        QTRY_VERIFY(!model.index(2).data(Qt::DecorationRole).isNull());
        QVERIFY(changed.count() >= 1);
        QVERIFY(reads > before);

        // One that cannot be read is tried once, not at every repaint.
        QVERIFY(model.index(3).data(Qt::DecorationRole).isNull());
        QTest::qWait(50);
        const int after = reads;
        QVERIFY(model.index(3).data(Qt::DecorationRole).isNull());
        QTest::qWait(50);
        QCOMPARE(reads.load(), after);

        model.setState(4, FilmstripModel::State::Failed, QStringLiteral("no picture"));
        QCOMPARE(model.index(4).data(FilmstripModel::StateRole).toInt(), int(FilmstripModel::State::Failed));
        QVERIFY(model.index(4).data(Qt::ToolTipRole).toString().contains(QStringLiteral("no picture")));
    }

    void filmstripKeepsFewThumbnails()
    {
        std::atomic<int> reads = 0;
        FilmstripModel model([&reads](const QString &, QSize) {
            ++reads;
            return QImage(1, 1, QImage::Format_RGB32);
        });
        model.setPictures(sources(1000));
        for (int row = 0; row < 1000; ++row)
            model.index(row).data(Qt::DecorationRole);
        QTRY_VERIFY(!model.index(999).data(Qt::DecorationRole).isNull());
        // The first has made room for later ones and is read again.
        QTRY_COMPARE(reads.load(), 1000);
        QVERIFY(model.index(0).data(Qt::DecorationRole).isNull());
        QTRY_COMPARE(reads.load(), 1001);
    }
};

QTEST_MAIN(TestModels)
#include "test_models.moc"
