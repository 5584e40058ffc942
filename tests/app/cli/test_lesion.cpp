// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/map_checks.h"
#include "engine/evaluation/rank_correlation.h"
#include "engine/prediction.h"
#include "engine/saliency/logit.h"
#include "engine/saliency/logit_lens.h"
#include "engine/saliency/saliency.h"
#include "tests/app/cli/cli_fixture.h"

#include <QJsonArray>
#include <QtTest>

using namespace reslens;
using namespace reslens::test;

/// The commands lesion and lens.
class LesionTest : public QObject
{
    Q_OBJECT

    ModelFolder m_folder;
    QString m_model = m_folder.path("model.h5");
    QString m_picture = m_folder.writePicture("picture.png", 120, 90);

    CliResult ask(const QString &command, const QStringList &more) const
    {
        return runCli(QStringList{command, m_picture, "--model", m_model, "--threads", "1"} + more);
    }

    RunResult run(const RunOptions &options) const
    {
        const auto network = Network::load(m_model.toStdString());
        return Runner(network, 1).run(input(*network), options);
    }

    /// The value under names and numbers, one after the other.
    static QJsonValue at(const QJsonObject &json, const QStringList &path)
    {
        QJsonValue value = json;
        for (const QString &step : path)
            value = value.isArray() ? QJsonValue(value.toArray().at(step.toInt())) : value.toObject()[step];
        return value;
    }

    Tensor input(const Network &network) const
    {
        return normalize(resizeForNetwork(*readPicture(m_picture).pixels, network.inputSize(), {}));
    }

private slots:
    void lesionsAreThoseOfTheEngine()
    {
        const CliResult result = ask("lesion", {"--scale", "block17=0", "--scale", "block17_2=0.5", "--scale",
                                                "block35_1/branch_2=2", "--json", "--class", "3"});
        QCOMPARE(result.status, 0);
        QVERIFY(result.err.contains("never met in training"));
        const QJsonObject json = result.json();
        const RunResult expected = run({.lesions = {{.block = "block35_1", .branches = {1, 1, 2}},
                                                    {.block = "block17_1", .residual = 0},
                                                    {.block = "block17_2", .residual = 0.5F}}});
        const RunResult intact = run({});
        QCOMPARE(float(at(json, {"lesioned", "logit"}).toDouble()), expected.logits[3]);
        QCOMPARE(float(at(json, {"intact", "logit"}).toDouble()), intact.logits[3]);
        QCOMPARE(json["input_size"].toInt(), 75);
        QCOMPARE(json["preprocessing"].toString(), QString("stretched, bilinear"));
        const Prediction first = topK(expected, 1).front();
        const QJsonObject top = at(json, {"lesioned", "top", "0"}).toObject();
        QCOMPARE(top["class"].toInt(), first.classIndex);
        QCOMPARE(float(top["probability"].toDouble()), first.probability);
        QCOMPARE(json["lesions"].toArray().size(), 3);
        QCOMPARE(at(json, {"lesions", "0", "block"}).toString(), QString("block35_1"));
        QCOMPARE(at(json, {"lesions", "0", "branches", "2"}).toDouble(), 2.0);
        QVERIFY(json["off_distribution"].toBool());
        QVERIFY(json["table"].isNull());
    }

    void nothingChangedIsTheAnswer()
    {
        const QJsonObject json = ask("lesion", {"--scale", "block17=1", "--json"}).json();
        QCOMPARE(json["lesioned"], json["intact"]);
        QVERIFY(!json["off_distribution"].toBool(true));
        QCOMPARE(at(json, {"class", "class"}).toInt(), topK(run({}), 1).front().classIndex);
    }

    void theTableIsThatOfTheEngine()
    {
        const QJsonObject json = ask("lesion", {"--table", "--class", "1", "--versus", "2", "--json"}).json();
        const auto network = Network::load(m_model.toStdString());
        Runner runner(network, 1);
        const std::vector<double> drops =
            lesionDrops(runner, input(*network), logitWeightsOf(ModelFolder::classes, 1, 2));
        const SaliencyResult direct =
            computeSaliency(runner, input(*network), {.classIndex = 1, .versus = 2});
        std::vector<double> attributions;
        QCOMPARE(json["table"].toArray().size(), qsizetype(drops.size()));
        for (std::size_t i = 0; i < drops.size(); ++i) {
            const QJsonObject row = json["table"].toArray().at(qsizetype(i)).toObject();
            QCOMPARE(row["block"].toString().toStdString(), direct.scores[i].block);
            QCOMPARE(row["drop"].toDouble(), drops[i]);
            QCOMPARE(row["attribution"].toDouble(), direct.scores[i].total);
            attributions.push_back(direct.scores[i].total);
        }
        QCOMPARE(json["rank_correlation"].toDouble(), rankCorrelation(drops, attributions));
    }

    void textNamesBothAnswers()
    {
        const CliResult result = ask("lesion", {"--scale", "block8_1=0", "--table", "--class", "2"});
        QCOMPARE(result.status, 0);
        QVERIFY(result.out.contains("name 2: logit "));
        QVERIFY(result.out.contains("with the lesions"));
        QVERIFY(result.out.contains("block35_1"));
        QVERIFY(result.out.contains("Rank correlation"));

        const CliResult table = ask("lesion", {"--table", "--class", "2"});
        QVERIFY(table.out.contains("name 2: logit "));
        QVERIFY(!table.out.contains("lesions"));
    }

    void lensEndsWithTheAnswer()
    {
        const QJsonObject json = ask("lens", {"--json"}).json();
        const RunResult answer = run({});
        QCOMPARE(json["input_size"].toInt(), 75);
        QCOMPARE(json["preprocessing"].toString(), QString("stretched, bilinear"));
        QCOMPARE(json["steps"].toArray().size(), 2);
        QCOMPARE(at(json, {"steps", "0", "block"}).toString(), QString("mixed_7a"));
        QVERIFY(!at(json, {"steps", "0", "calibrated"}).toBool(true));
        QVERIFY(at(json, {"steps", "1", "calibrated"}).toBool());
        const QJsonArray classes = at(json, {"steps", "1", "classes"}).toArray();
        QCOMPARE(classes.size(), 5);
        for (const QJsonValue entry : classes)
            QCOMPARE(float(entry["logit"].toDouble()), answer.logits[std::size_t(entry["class"].toInt())]);
        QCOMPARE(classes.first().toObject()["class"].toInt(), topK(answer, 1).front().classIndex);
    }

    void lensFollowsTheClassesAskedFor()
    {
        const CliResult result = ask("lens", {"--class", "name 4", "--class", "1"});
        QCOMPARE(result.status, 0);
        QVERIFY(result.out.startsWith("mixed_7a (uncalibrated)\n"));
        QVERIFY(result.out.contains("\nblock8_1\n"));
        QCOMPARE(result.out.count("name 4"), 2);
        QCOMPARE(result.out.count("name "), 4);
    }

    void wrongUsageAndWhatCannotBeDone_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("said");
        QTest::newRow("nothing") << QStringList{"lesion", m_picture} << 2 << "--scale, --table or both";
        QTest::newRow("no factor") << QStringList{"lesion", m_picture, "--scale", "block17_1"} << 2
                                   << "NAME=FACTOR";
        QTest::newRow("no number") << QStringList{"lesion", m_picture, "--scale", "block17_1=."} << 2
                                   << "NAME=FACTOR";
        QTest::newRow("no picture") << QStringList{"lens"} << 2 << "exactly one picture";
        QTest::newRow("top") << QStringList{"lens", m_picture, "--top", "0"} << 2 << "--top";
        const QStringList small{"lesion", m_picture, "--model", m_model, "--scale"};
        QTest::newRow("block") << small + QStringList{"stem=0"} << 1 << "no residual block or stage \"stem\"";
        QTest::newRow("branch") << small + QStringList{"block17_1/branch_2=0"} << 1 << "branches 0 to 1";
        QTest::newRow("too large") << small + QStringList{"block17_1=1e99"} << 2 << "NAME=FACTOR";
        QTest::newRow("same class") << small + QStringList{"block17_1=0", "--class", "1", "--versus", "1"}
                                    << 1 << "no difference";
        const QString notop = m_folder.path("notop.h5");
        QTest::newRow("lesion without classes")
            << QStringList{"lesion", m_picture, "--model", notop, "--table"} << 1 << "no classification head";
        QTest::newRow("lens without classes")
            << QStringList{"lens", m_picture, "--model", notop} << 1 << "no classification head";
    }

    void wrongUsageAndWhatCannotBeDone()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QString, said);
        const CliResult result = runCli(arguments);
        QCOMPARE(result.status, status);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.contains(said.toUtf8()), result.err.constData());
    }
};

QTEST_GUILESS_MAIN(LesionTest)
#include "test_lesion.moc"
