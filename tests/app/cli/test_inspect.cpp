// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cost.h"
#include "engine/shapes.h"
#include "resources/resources.h"
#include "tests/app/cli/cli_fixture.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QtTest>

#include <limits>

using namespace reslens;
using namespace reslens::test;

class InspectTest : public QObject
{
    Q_OBJECT

    ModelFolder m_folder;
    QString m_model = m_folder.path("model.h5");
    QString m_picture = m_folder.writePicture("picture.png", 60, 60);

    QByteArray modelBytes() const
    {
        QFile file(m_model);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QString writeDamaged(const char *name, const std::function<void(KerasNetwork &)> &damage) const
    {
        KerasNetwork network = randomNetwork(ModelFolder::architecture(ModelFolder::classes));
        damage(network);
        writeKerasFile(m_folder.path(name).toStdString(), network, {});
        return m_folder.path(name);
    }

private slots:
    void jsonFollowsTheContract()
    {
        const CliResult result = runCli({"inspect", m_model, "--json"});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.keys(), QStringList({"about", "backend", "blocks", "bytes", "classes", "flops",
                                             "format", "input_size", "keras_version", "model", "parameters",
                                             "program", "saved", "sha256", "untrained"}));
        const QJsonObject json = result.json();
        QCOMPARE(json["model"].toString(), QString("model.h5"));
        QCOMPARE(json["about"].toString(), QString("made for a test"));
        QCOMPARE(json["input_size"].toInt(), 75);
        QCOMPARE(json["format"].toString(), QString("weights in the layout of Keras 2 (.h5)"));
        QCOMPARE(json["bytes"].toInteger(), qint64(modelBytes().size()));
        QCOMPARE(json["sha256"].toString().toLatin1(),
                 QCryptographicHash::hash(modelBytes(), QCryptographicHash::Sha256).toHex());

        const Description description = describe(ModelFolder::architecture(ModelFolder::classes));
        const std::vector<Shape> shapes = inferShapes(description, 75);
        QCOMPARE(json["parameters"].toInteger(), qint64(parameterCount(description)));
        Cost total;
        const QJsonArray blocks = json["blocks"].toArray();
        QCOMPARE(blocks.size(), qsizetype(description.blocks.size()));
        for (qsizetype i = 0; i < blocks.size(); ++i) {
            const QJsonObject block = blocks[i].toObject();
            const Block &expected = description.blocks[std::size_t(i)];
            const Shape &shape = shapes[std::size_t(expected.output)];
            QCOMPARE(block.keys(),
                     QStringList({"channels", "flops", "height", "name", "parameters", "width", "widths"}));
            QCOMPARE(block["name"].toString(), QString::fromStdString(expected.name));
            QCOMPARE(block["height"].toInt(), shape.height);
            QCOMPARE(block["width"].toInt(), shape.width);
            QCOMPARE(block["channels"].toInt(), shape.channels);
            const Cost cost = costOf(description, shapes, expected);
            QCOMPARE(block["parameters"].toInteger(), qint64(cost.parameters));
            QCOMPARE(block["flops"].toInteger(), qint64(cost.flops));
            total += cost;
        }
        QCOMPARE(json["flops"].toInteger(), qint64(total.flops));
        QCOMPARE(json["parameters"].toInteger(), qint64(total.parameters));
        const QJsonObject stemWidth = blocks[0].toObject()["widths"].toArray()[2].toObject();
        QCOMPARE(stemWidth["tensor"].toString(), QString("conv_3"));
        QCOMPARE(stemWidth["filters"].toInt(), description.architecture.filters[2]);
        const QJsonArray classes = json["classes"].toArray();
        QCOMPARE(classes.size(), ModelFolder::classes);
        for (int i = 0; i < classes.size(); ++i) {
            const QJsonObject label = classes[i].toObject();
            QCOMPARE(label.keys(), QStringList({"class", "name", "wnid"}));
            QCOMPARE(label["class"].toInt(-1), i);
            QCOMPARE(label["name"].toString(), QString("name %1").arg(i));
            QCOMPARE(label["wnid"].toString(), QString("n0000000%1").arg(i));
        }
    }

    void textSaysItInWords()
    {
        const CliResult result = runCli({"inspect", m_model});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.err, QByteArray());
        for (const char *text : {"model.h5", "made for a test", "75 × 75", "7, from name 0 to name 6",
                                 "block17_2", "layout of Keras 2", "the file does not say"})
            QVERIFY2(result.out.contains(text), text);
        QVERIFY(runCli({"inspect", m_folder.path("notop.h5")}).out.contains("no classification head"));
    }

    void aFileWithoutTopHasNoClasses()
    {
        const CliResult result = runCli({"inspect", m_folder.path("notop.h5"), "--json"});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.json()["classes"].toArray().size(), 0);
        QCOMPARE(result.json()["blocks"].toArray().last().toObject()["name"].toString(), QString("conv_7b"));
    }

    void withoutAFileItIsTheBuiltInModel()
    {
        const CliResult result = runCli({"inspect", "--json"});
        QCOMPARE(result.status, 0);
        const QJsonObject json = result.json();
        QCOMPARE(json["model"].toString(), QString::fromStdString(embeddedModelName()));
        QCOMPARE(json["blocks"].toArray().size(), 46);
        const QByteArrayView bytes(reinterpret_cast<const char *>(embeddedModel().data()),
                                   qsizetype(embeddedModel().size()));
        QCOMPARE(json["sha256"].toString().toLatin1(),
                 QCryptographicHash::hash(bytes.toByteArray(), QCryptographicHash::Sha256).toHex());
    }

    void classNamesCanBeGiven()
    {
        const QString names = m_folder.write("names.txt", "a\nb\nc\nd\ne\nf\nlast one\n");
        const QJsonArray classes =
            runCli({"inspect", m_model, "--classes", names, "--json"}).json()["classes"].toArray();
        QCOMPARE(classes.size(), ModelFolder::classes);
        QCOMPARE(classes[6].toObject()["name"].toString(), QString("last one"));

        const CliResult few = runCli({"inspect", m_model, "--classes", m_folder.write("few.txt", "a\nb\n")});
        QCOMPARE(few.status, 1);
        QVERIFY2(few.err.contains("few.txt names 2 classes, expected one for each of the model's 7"),
                 few.err.constData());
    }

    void aThousandUnnamedClassesAreImageNets()
    {
        const QString path = m_folder.path("thousand.h5");
        writeKerasFile(path.toStdString(), randomNetwork(ModelFolder::architecture(1000)), {});
        const QJsonArray classes = runCli({"inspect", path, "--json"}).json()["classes"].toArray();
        QCOMPARE(classes.size(), 1000);
        QCOMPARE(classes[281].toObject()["name"].toString(), QString("tabby"));
        QCOMPARE(classes[281].toObject()["wnid"].toString(), QString("n02123045"));
    }

    void everyCommandRefusesABadModel_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("said");
        QTest::newRow("missing") << m_folder.path("missing.h5") << "missing.h5";
        QTest::newRow("folder") << m_folder.path("") << "folder";
        QTest::newRow("empty") << m_folder.write("empty.h5", "") << "empty.h5";
        QTest::newRow("text") << m_folder.write("text.h5", "not a model at all") << "text.h5";
        QTest::newRow("picture") << m_picture << "picture.png";
        const QByteArray whole = modelBytes();
        for (int tenth = 0; tenth < 10; ++tenth) {
            const QByteArray part = whole.left(qMax(qsizetype(1), whole.size() * tenth / 10));
            const QString name = QString("cut%1.h5").arg(tenth);
            QTest::addRow("cut at %d/10", tenth) << m_folder.write(name, part) << name;
        }
        QTest::newRow("layer missing")
            << writeDamaged("layer.h5", [](KerasNetwork &network) { network.remove("block17_2_conv"); })
            << "block17_2_conv";
        QTest::newRow("wrong shape") << writeDamaged("shape.h5", [](KerasNetwork &network) {
            KerasWeight &kernel = network.layer("conv2d_3").weight("kernel");
            kernel.dimensions[2] += 1;
            kernel.values.resize(kernel.dimensions[0] * kernel.dimensions[1] * kernel.dimensions[2] *
                                 kernel.dimensions[3]);
        }) << "conv2d_3";
        QTest::newRow("not finite") << writeDamaged("nan.h5", [](KerasNetwork &network) {
            network.layer("conv2d_5").weight("kernel").values[7] = std::numeric_limits<float>::quiet_NaN();
        }) << "conv2d_5";
        QTest::newRow("another network") << writeDamaged("vgg.h5", [](KerasNetwork &network) {
            network.layers = {{"block1_conv1", {{"kernel", {3, 3, 3, 4}, std::vector<float>(108)}}}};
        }) << "vgg.h5";
    }

    void everyCommandRefusesABadModel()
    {
        QFETCH(QString, file);
        QFETCH(QString, said);
        const QList<QStringList> commands{
            {"inspect", file},
            {"inspect", file, "--json"},
            {"classify", m_picture, "--model", file, "--json"},
            {"features", m_picture, "--model", file, "--tensor", "stem/output", "-o", m_folder.path("x.npy")},
            {"bench", "--model", file, "--json"}};
        for (const QStringList &command : commands) {
            const CliResult result = runCli(command);
            QCOMPARE(result.status, 1);
            QVERIFY2(result.err.startsWith("reslens-cli: ") && result.err.count('\n') == 1,
                     result.err.constData());
            QVERIFY2(result.err.contains(said.toUtf8()), result.err.constData());
            if (command.contains("--json"))
                QCOMPARE(result.keys(), QStringList("error"));
            else
                QCOMPARE(result.out, QByteArray());
        }
        QVERIFY(!QFile::exists(m_folder.path("x.npy")));
    }
};

QTEST_GUILESS_MAIN(InspectTest)
#include "test_inspect.moc"
