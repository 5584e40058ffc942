// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/plan.h"
#include "engine/prediction.h"
#include "engine/saliency/display.h"
#include "engine/saliency/saliency.h"
#include "tests/app/cli/cli_fixture.h"
#include "ui/picture/preparation.h"

#include <QCryptographicHash>
#include <QImage>
#include <QJsonArray>
#include <QtTest>

#include <csignal>
#include <cstring>

using namespace reslens;
using namespace reslens::test;

class SaliencyTest : public QObject
{
    Q_OBJECT

    ModelFolder m_folder;
    QString m_model = m_folder.path("model.h5");
    QString m_picture = m_folder.writePicture("picture.png", 120, 90);

    CliResult ask(const QString &method, const QStringList &more) const
    {
        return runCli(
            QStringList{"saliency", m_picture, "--model", m_model, "--threads", "1", "--method", method} +
            more);
    }

    SaliencyResult compute(const SaliencyRequest &request) const
    {
        const auto network = Network::load(m_model.toStdString());
        Runner runner(network, 1);
        const Image square = resizeForNetwork(*readPicture(m_picture).pixels, network->inputSize(), {});
        return computeSaliency(runner, normalize(square), request);
    }

    MapGeometry geometryOf(const char *block) const
    {
        const auto network = Network::load(m_model.toStdString());
        const Description &description = network->description();
        return mapGeometries(description,
                             network->plan().shapes)[std::size_t(description.findBlock(block)->output)];
    }

    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static QByteArray sha256(const QString &path)
    {
        return QCryptographicHash::hash(read(path), QCryptographicHash::Sha256).toHex();
    }

private slots:
    void npyHoldsTheComputedMap_data()
    {
        QTest::addColumn<QString>("block");
        QTest::addColumn<int>("versus");
        QTest::addColumn<int>("steps");
        const auto row = [](const char *method, const char *block = "", int versus = -1, int steps = 0) {
            QTest::addRow("%s", method) << QString(block) << versus << steps;
        };
        row("direct", "block17_2", 5);
        row("direct-with-stem", "", 5);
        row("direct-with-cam", "", 5);
        row("grad-x-residual");
        row("energy");
        row("erasure", "block35_1");
        row("scale-ig", "block17_1", -1, 3);
        row("grad-cam", "mixed_6a");
        row("hirescam");
        row("cam");
        row("gradient");
        row("input-x-gradient", "", 0);
        row("integrated-gradients", "", -1, 4);
        row("smoothgrad", "", -1, 2);
        row("occlusion");
    }

    void npyHoldsTheComputedMap()
    {
        QFETCH(QString, block);
        QFETCH(int, versus);
        QFETCH(int, steps);
        const QString method = QTest::currentDataTag();
        SaliencyRequest request{.method = *saliencyMethodNamed(method.toStdString()),
                                .block = block.toStdString(),
                                .classIndex = 3,
                                .versus = versus < 0 ? std::nullopt : std::optional(versus),
                                .steps = steps};
        const QString output = m_folder.path("out.npy");
        QStringList more{"--output", output};
        if (infoOf(request.method).needsClass)
            more << QStringList{"--class", "3"};
        if (!block.isEmpty())
            more << QStringList{"--block", block};
        if (versus >= 0)
            more << QStringList{"--versus", QString::number(versus)};
        if (steps > 0)
            more << QStringList{"--steps", QString::number(steps)};
        const CliResult result = ask(method, more);
        QVERIFY2(result.status == 0, result.err.constData());
        QVERIFY2(result.out.endsWith("is in " + output.toUtf8() + "\n"), result.out.constData());

        const SaliencyResult expected = compute(request);
        const QByteArray bytes = read(output);
        const int start = 10 + (quint8(bytes[8]) | quint8(bytes[9]) << 8);
        const QByteArray shape = "'shape': (" + QByteArray::number(expected.map.shape().height) + ", " +
                                 QByteArray::number(expected.map.shape().width) + ", 1)";
        QVERIFY2(bytes.left(start).contains(shape), bytes.left(start).constData());
        const std::span<const float> values = expected.map.values();
        QCOMPARE(bytes.size() - start, qsizetype(values.size_bytes()));
        QVERIFY(std::memcmp(bytes.constData() + start, values.data(), values.size_bytes()) == 0);
    }

    void optionsThatChangeNothingAreNamed()
    {
        const QString plain = m_folder.path("plain.npy");
        const QString same = m_folder.path("same.npy");
        QCOMPARE(ask("energy", {"--output", plain}).err, QByteArray());
        const CliResult result = ask("energy", {"--output", same, "--class", "3", "--steps", "5"});
        QCOMPARE(result.status, 0);
        QVERIFY2(result.err.contains("--steps changes nothing"), result.err.constData());
        QVERIFY2(result.err.contains("--class and --versus change nothing"), result.err.constData());
        QCOMPARE(read(same), read(plain));
    }

    void whatTheMapCameFromIsSaid()
    {
        const QString output = m_folder.path("said.png");
        const CliResult result =
            ask("direct", {"--class", "1", "--resize", "crop", "--output", output, "--json"});
        QCOMPARE(result.status, 0);
        const QString picture = QString::fromLatin1(sha256(m_picture));
        const QString model = QString::fromLatin1(sha256(m_model));
        const QString preprocessing = describePreparation({{ResizeMode::Crop, ResizeFilter::Bilinear}});

        const QJsonObject document = result.json();
        QCOMPARE(document["model"].toString(), QString("model.h5"));
        QCOMPARE(document["model_sha256"].toString(), model);
        QCOMPARE(document["file"].toString(), m_picture);
        QCOMPARE(document["image_sha256"].toString(), picture);
        QCOMPARE(document["input_size"].toInt(), 75);
        QCOMPARE(document["preprocessing"].toString(), preprocessing);

        const QJsonObject beside = QJsonDocument::fromJson(read(output + ".json")).object();
        QCOMPARE(beside["file"].toString(), QString("said.png"));
        QCOMPARE(beside["image"]["sha256"].toString(), picture);
        QCOMPARE(beside["model"]["sha256"].toString(), model);
        QCOMPARE(beside["model"]["input_size"].toInt(), 75);
        QCOMPARE(beside["preprocessing"].toString(), preprocessing);
        QCOMPARE(beside["method"].toString(), QString("direct"));
        QCOMPARE(beside["class"]["class"].toInt(), 1);
    }

    void jsonAddsUpToTheLogit()
    {
        const CliResult result = ask("direct", {"--class", "name 2", "--versus", "n00000005", "--json"});
        QCOMPARE(result.status, 0);
        const QJsonObject json = result.json();
        QCOMPARE(json["class"].toObject()["class"].toInt(), 2);
        QCOMPARE(json["class"].toObject()["name"].toString(), QString("name 2"));
        QCOMPARE(json["versus"].toObject()["wnid"].toString(), QString("n00000005"));
        QCOMPARE(json["block"], QJsonValue(QJsonValue::Null));
        QCOMPARE(json["height"].toInt(), 75);

        const QJsonArray blocks = json["blocks"].toArray();
        QCOMPARE(blocks.size(), 4);
        double sum = json["stem"].toDouble() + json["biases"].toDouble();
        for (const QJsonValue block : blocks) {
            double parts = block["bias"].toDouble();
            for (const QJsonValue branch : block["branches"].toArray())
                parts += branch.toDouble();
            QVERIFY(std::abs(parts - block["score"].toDouble()) < 1e-4);
            sum += block["score"].toDouble();
        }
        QCOMPARE(blocks[0]["name"].toString(), QString("block35_1"));
        QCOMPARE(blocks[0]["branches"].toArray().size(), 3);
        QVERIFY(std::abs(sum - json["logit"].toDouble()) < 1e-3);
        QVERIFY(json["completeness_error"].toDouble(1) < 1e-4);

        const SaliencyResult expected = compute({.classIndex = 2, .versus = 5});
        const MapRange range = rangeOf(expected.map);
        QCOMPARE(float(json["minimum"].toDouble()), range.minimum);
        QCOMPARE(float(json["maximum"].toDouble()), range.maximum);
    }

    void aBranchHasItsPartOfTheMap()
    {
        const QString output = m_folder.path("branch.npy");
        const QStringList question{"--class", "1", "--block", "block17_2", "--branch", "1"};
        const CliResult result = ask("direct", question + QStringList{"--output", output, "--json"});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.json()["branch"].toInt(), 1);
        const SaliencyResult expected = compute({.block = "block17_2", .branch = 1, .classIndex = 1});
        const auto values = expected.map.values();
        QVERIFY(read(output).endsWith(
            QByteArray(reinterpret_cast<const char *>(values.data()), qsizetype(values.size_bytes()))));
        QCOMPARE(ask("direct", {"--branch", "1", "--json"}).status, 2);
        QCOMPARE(ask("energy", {"--block", "block17_2", "--branch", "1", "--json"}).status, 2);
        QCOMPARE(ask("direct", {"--block", "block17_2", "--branch", "2", "--json"}).status, 1);
    }

    void withoutAClassTheMostProbableIsExplained()
    {
        const QJsonObject json = ask("hirescam", {"--json"}).json();
        const Prediction top = topK(runDirectly(m_model, m_picture), 1).front();
        QCOMPARE(json["class"].toObject()["class"].toInt(), top.classIndex);
        QVERIFY(std::abs(json["logit"].toDouble() - double(top.logit)) < 1e-5);
        QCOMPARE(json["block"].toString(), QString("conv_7b"));
        QVERIFY(json["completeness_error"].isNull());
        QVERIFY(json["stem"].isNull());
        QCOMPARE(json["blocks"].toArray().size(), 0);
    }

    void whatNeedsNoClassNamesNone()
    {
        const QJsonObject json = ask("energy", {"--json"}).json();
        QVERIFY(json["class"].isNull());
        QVERIFY(json["logit"].isNull());
        QCOMPARE(json["blocks"].toArray().size(), 4);
        QStringList arguments{"saliency", m_picture, "--model", m_folder.path("notop.h5"),
                              "--json",   "--method"};
        QCOMPARE(runCli(arguments + QStringList{"energy"}).status, 0);
        const CliResult refused = runCli(arguments + QStringList{"direct"});
        QCOMPARE(refused.status, 1);
        QVERIFY(refused.err.contains("no classification head"));
    }

    void aMapThatSaysNothingIsDescribed()
    {
        // At the end of a network for 75 × 75 pixels there is one position.
        const CliResult result = ask("cam", {"--json"});
        QCOMPARE(result.status, 0);
        QVERIFY(result.json()["note"].toString().contains("the same value everywhere"));
        QVERIFY(result.err.contains("the same value everywhere"));
    }

    void pngIsTheMapOverThePhoto()
    {
        const QString output = m_folder.path("out.png");
        const CliResult result = ask("direct", {"--class", "1", "--block", "block35_1", "--output", output});
        QCOMPARE(result.status, 0);
        const QImage image(output);
        QCOMPARE(image.size(), QSize(525, 525));
        QCOMPARE(image.text("method"), QString("direct"));
        const QJsonObject beside = QJsonDocument::fromJson(read(output + ".json")).object();
        QCOMPARE(beside["blocks"][0]["branches"].toArray().size(), 3);
        QCOMPARE(image.text("class"), QString("name 1"));
        QCOMPARE(image.text("block"), QString("block35_1"));
        QCOMPARE(image.text("model"), QString("model.h5"));

        const SaliencyResult expected = compute({.block = "block35_1", .classIndex = 1});
        const MapRange range = rangeOf(expected.map);
        QVERIFY(std::abs(image.text("minimum").toFloat() - range.minimum) <= 1e-3F * std::abs(range.minimum));
        // Pixel 38 is the middle of the sixth of the 75 that are enlarged seven times.
        const MapGeometry geometry = geometryOf("block35_1");
        const float value = enlarged(expected.map, geometry, 75, 525).at(38, 38, 0);
        const ColorScale scale = saliencyScale(range, true);
        const Rgb over = scale.colour(value);
        const float share = coverage(scale, value, 0.5F);
        const QColor pixel = image.pixelColor(38, 38);
        const QColor under = seenAt(5);
        const auto mixed = [&](int map, int photo) {
            return share * float(map) + (1 - share) * float(photo);
        };
        QVERIFY(std::abs(float(pixel.red()) - mixed(over[0], under.red())) <= 1.5F);
        QVERIFY(std::abs(float(pixel.blue()) - mixed(over[2], under.blue())) <= 1.5F);
    }

    void whatCannotBeDoneLeavesNothingBehind_data()
    {
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QString>("said");
        QTest::newRow("class") << QStringList{"--class", "7"} << "classes 0 to 6";
        QTest::newRow("negative") << QStringList{"--class", "-1"} << "classes 0 to 6";
        QTest::newRow("name") << QStringList{"--class", "name"} << "similar names are name 0, name 1";
        QTest::newRow("unknown") << QStringList{"--class", "tabby"} << "knows no class \"tabby\"";
        QTest::newRow("versus") << QStringList{"--versus", "9"} << "class 9 does not exist";
        QTest::newRow("same") << QStringList{"--class", "2", "--versus", "2"} << "no difference";
        QTest::newRow("block") << QStringList{"--block", "block9_1"} << "no block \"block9_1\"";
        QTest::newRow("other block") << QStringList{"--block", "stem"} << "it takes a residual block";
    }

    void whatCannotBeDoneLeavesNothingBehind()
    {
        QFETCH(QStringList, more);
        QFETCH(QString, said);
        const QStringList before = m_folder.entries();
        const CliResult result = ask("direct", more + QStringList{"--output", m_folder.path("new.npy")});
        QCOMPARE(result.status, 1);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.contains(said.toUtf8()), result.err.constData());
        QCOMPARE(m_folder.entries(), before);
    }

    void ctrlCEndsTheComputation()
    {
        QProcess process;
        process.start(RESLENS_CLI, {"saliency", m_picture, "--model", m_model, "--method", "scale-ig",
                                    "--steps", "100000", "--output", m_folder.path("interrupted.npy")});
        QVERIFY(process.waitForStarted());
        QVERIFY(!process.waitForFinished(500));
        QCOMPARE(::kill(pid_t(process.processId()), SIGINT), 0);
        QVERIFY(process.waitForFinished(5000));
        QCOMPARE(process.exitCode(), 130);
        QCOMPARE(process.readAllStandardError(), QByteArray("reslens-cli: Cancelled.\n"));
        QVERIFY(!QFile::exists(m_folder.path("interrupted.npy")));
    }

    void neitherPictureNorModelIsReplaced()
    {
        const QByteArray picture = read(m_picture);
        QCOMPARE(ask("direct", {"--output", m_picture}).status, 2);
        QCOMPARE(read(m_picture), picture);
    }

private:
    /// A pixel on the diagonal of what the network got.
    QColor seenAt(int position) const
    {
        const Image seen = resizeForNetwork(*readPicture(m_picture).pixels, 75, {});
        const QImage image(seen.pixels.data(), 75, 75, 225, QImage::Format_RGB888);
        return image.pixelColor(position, position);
    }
};

QTEST_GUILESS_MAIN(SaliencyTest)
#include "test_saliency.moc"
