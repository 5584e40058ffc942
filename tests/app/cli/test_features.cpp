// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/block_outputs.h"
#include "engine/tensor_address.h"
#include "tests/app/cli/cli_fixture.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QtTest>
#include <hdf5.h>

#include <cstring>

using namespace reslens;
using namespace reslens::test;

class FeaturesTest : public QObject
{
    Q_OBJECT

    ModelFolder m_folder;
    QString m_model = m_folder.path("model.h5");
    QString m_picture = m_folder.writePicture("picture.png", 120, 90);

    QStringList command(const QString &tensor, const QString &output) const
    {
        return {"features", m_picture,  "--model", m_model,    "--threads",
                "1",        "--tensor", tensor,    "--output", output};
    }

    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QStringList severalCommand(const QStringList &what, const QString &output) const
    {
        return QStringList{"features", m_picture, "--model", m_model, "--threads", "1"} + what +
               QStringList{"--output", output};
    }

    static QJsonObject json(const QString &path) { return QJsonDocument::fromJson(read(path)).object(); }

    static QString sha256(const QString &path)
    {
        return QString::fromLatin1(QCryptographicHash::hash(read(path), QCryptographicHash::Sha256).toHex());
    }

    /// The tensor as the window shows it: of its block, computed again from a run of the whole network.
    std::shared_ptr<const Tensor> shown(const std::string &address) const
    {
        const auto network = Network::load(m_model.toStdString());
        const Description &description = network->description();
        const Picture picture = readPicture(m_picture);
        const Tensor input = normalize(resizeForNetwork(*picture.pixels, network->inputSize(), {}));
        Runner runner(network, 1);
        const BlockOutputs outputs =
            runner.run(input, {.capture = blockOutputAddresses(description)}).captured;
        const Block *block = description.findBlock(address.substr(0, address.find('/')));
        return tensorsOf(runner, int(block - description.blocks.data()), input, outputs, {}).at(address);
    }

    /// The values of a dataset; nothing if the file has none of this name.
    static std::vector<float> dataset(const QString &path, const char *name)
    {
        const hid_t file = H5Fopen(path.toUtf8().constData(), H5F_ACC_RDONLY, H5P_DEFAULT);
        const hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
        const hid_t space = H5Dget_space(dataset);
        std::vector<float> values(std::size_t(std::max<hssize_t>(0, H5Sget_simple_extent_npoints(space))));
        H5Dread(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
        H5Sclose(space);
        H5Dclose(dataset);
        H5Fclose(file);
        return values;
    }

private slots:
    void npyHoldsWhatTheWindowShows_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QByteArray>("shape");
        QTest::newRow("residual") << "block17_2/residual" << QByteArray("(3, 3, 136)");
        QTest::newRow("sum") << "block8_1/sum" << QByteArray("(1, 1, 260)");
        QTest::newRow("alias") << "block35_1/input" << QByteArray("(7, 7, 40)");
        QTest::newRow("stem") << "stem/pool_1" << QByteArray("(17, 17, 8)");
        QTest::newRow("logits") << "predictions/logits" << QByteArray("(7,)");
        QTest::newRow("probabilities") << "predictions/probabilities" << QByteArray("(7,)");
    }

    void npyHoldsWhatTheWindowShows()
    {
        QFETCH(QString, address);
        QFETCH(QByteArray, shape);
        const QString output = m_folder.path("out.npy");
        const CliResult result = runCli(command(address, output));
        QCOMPARE(result.status, 0);
        QCOMPARE(result.err, QByteArray());

        const QByteArray bytes = read(output);
        QVERIFY(bytes.startsWith(QByteArray("\x93NUMPY\x01\x00", 8)));
        const int start = 10 + (quint8(bytes[8]) | quint8(bytes[9]) << 8);
        QVERIFY2(bytes.left(start).contains("'descr': '<f4', 'fortran_order': False, 'shape': " + shape),
                 bytes.left(start).constData());

        const std::shared_ptr<const Tensor> tensor = shown(address.toStdString());
        const std::span<const float> expected = tensor->values();
        QCOMPARE(bytes.size() - start, qsizetype(expected.size_bytes()));
        QVERIFY(std::memcmp(bytes.constData() + start, expected.data(), expected.size_bytes()) == 0);
    }

    void hdf5HoldsTheSame()
    {
        const QString output = m_folder.path("out.h5");
        QCOMPARE(runCli(command("block35_1/mixed", output)).status, 0);
        const std::shared_ptr<const Tensor> tensor = shown("block35_1/mixed");
        const std::span<const float> expected = tensor->values();

        const hid_t file = H5Fopen(output.toUtf8().constData(), H5F_ACC_RDONLY, H5P_DEFAULT);
        const hid_t dataset = H5Dopen2(file, "block35_1/mixed", H5P_DEFAULT);
        QVERIFY(dataset >= 0);
        std::vector<float> values(expected.size());
        QVERIFY(H5Dread(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0);
        QVERIFY(std::ranges::equal(values, expected));
        for (const char *attribute : {"image", "model", "preprocessing"})
            QVERIFY2(H5Aexists(dataset, attribute) > 0, attribute);
        H5Dclose(dataset);
        H5Fclose(file);
    }

    void pngShowsEveryChannel()
    {
        const QString output = m_folder.path("out.png");
        QCOMPARE(runCli(command("stem/output", output)).status, 0);
        const QImage image(output);
        // 24 channels of 7 × 7, enlarged four times: 5 × 5 tiles of 28 pixels with a line between them.
        QCOMPARE(image.size(), QSize(5 * 29 - 1, 5 * 29 - 1));
        QCOMPARE(image.text("tensor"), QString("stem/output"));
        QCOMPARE(image.text("model"), QString("model.h5"));
        QCOMPARE(image.text("image"), m_picture);
    }

    void oneFileHoldsSeveralTensors()
    {
        const QString output = m_folder.path("several.h5");
        const std::vector<std::string> addresses{"block17_2/residual", "stem/conv_1", "predictions/logits"};
        QStringList what;
        for (const std::string &address : addresses)
            what << "--tensor" << QString::fromStdString(address);
        const CliResult result = runCli(severalCommand(what, output));
        QCOMPARE(result.status, 0);
        QCOMPARE(result.err, QByteArray());
        for (const std::string &address : addresses)
            QVERIFY2(std::ranges::equal(dataset(output, address.c_str()), shown(address)->values()),
                     address.c_str());

        const QJsonObject description = json(output + ".json");
        QCOMPARE(description["image"]["sha256"].toString(), sha256(m_picture));
        QCOMPARE(description["model"]["sha256"].toString(), sha256(m_model));
        const QJsonArray tensors = description["tensors"].toArray();
        QCOMPARE(tensors.size(), 3);
        // In the order of the network.
        QCOMPARE(tensors[0]["tensor"].toString(), QString("stem/conv_1"));
        const std::shared_ptr<const Tensor> first = shown("stem/conv_1");
        const auto [least, greatest] = std::ranges::minmax(first->values());
        QCOMPARE(tensors[0]["minimum"].toDouble(), double(least));
        QCOMPARE(tensors[0]["maximum"].toDouble(), double(greatest));
    }

    void aFolderHoldsABlock()
    {
        const QString output = m_folder.path("block/");
        const CliResult result = runCli(severalCommand({"--block", "block8_1", "--format", "both"}, output));
        QCOMPARE(result.status, 0);
        const QDir folder(output);
        const QStringList tensors{"input", "branch_0", "branch_1", "mixed", "residual", "sum", "output"};
        for (const QString &tensor : tensors) {
            const QString name = "block8_1_" + tensor;
            QVERIFY2(read(folder.filePath(name + ".npy")).startsWith("\x93NUMPY"), qPrintable(name));
            QVERIFY2(!QImage(folder.filePath(name + ".png")).isNull(), qPrintable(name));
            QCOMPARE(json(folder.filePath(name + ".json"))["tensors"][0]["tensor"].toString(),
                     "block8_1/" + tensor);
        }
        QVERIFY(!m_folder.entries().join(' ').contains(".part"));
    }

    void allBlocksAreThoseOfTheNetwork()
    {
        const QString output = m_folder.path("all.h5");
        QCOMPARE(runCli(severalCommand({"--all-blocks"}, output)).status, 0);
        for (const char *address : {"block35_1/output", "conv_7b/output"})
            QVERIFY2(std::ranges::equal(dataset(output, address), shown(address)->values()), address);
        // Four residual blocks, the stem, three mixed ones, conv_7b, predictions.
        QCOMPARE(json(output + ".json")["tensors"].toArray().size(), 10);
    }

    void aFolderDoesNotReplaceWhatIsRead()
    {
        QVERIFY(QDir(m_folder.path(QString())).mkpath("own"));
        const QString picture = m_folder.path("own/stem_output.png");
        QVERIFY(QFile::copy(m_picture, picture));
        const QByteArray before = read(picture);
        const CliResult result = runCli({"features", picture, "--model", m_model, "--tensor", "stem/output",
                                         "--format", "png", "--output", m_folder.path("own/")});
        QCOMPARE(result.status, 2);
        QVERIFY2(result.err.contains("would replace"), result.err.constData());
        QCOMPARE(read(picture), before);
    }

    void manyTensorsNeedAFileThatHoldsThem_data()
    {
        QTest::addColumn<QStringList>("what");
        QTest::addColumn<QString>("output");
        QTest::addColumn<QString>("said");
        QTest::newRow("npy") << QStringList{"--all-blocks"} << "a.npy"
                             << "holds one tensor";
        QTest::newRow("png") << QStringList{"--block", "stem"} << "a.png"
                             << "holds one tensor";
        QTest::newRow("format") << QStringList{"--block", "stem", "--format", "tiff"} << "a/"
                                << "\"tiff\"";
        QTest::newRow("format of a file") << QStringList{"--block", "stem", "--format", "tiff"} << "a.h5"
                                          << "for folders";
    }

    void manyTensorsNeedAFileThatHoldsThem()
    {
        QFETCH(QStringList, what);
        QFETCH(QString, output);
        QFETCH(QString, said);
        const CliResult result = runCli(severalCommand(what, m_folder.path(output)));
        QCOMPARE(result.status, 2);
        QVERIFY2(result.err.contains(said.toUtf8()), result.err.constData());
    }

    void aNetworkWithoutTopHasFeaturesToo()
    {
        QStringList arguments = command("conv_7b/output", m_folder.path("notop.npy"));
        arguments[arguments.indexOf(m_model)] = m_folder.path("notop.h5");
        QCOMPARE(runCli(arguments).status, 0);
        arguments[arguments.indexOf("conv_7b/output")] = "predictions/logits";
        const CliResult result = runCli(arguments);
        QCOMPARE(result.status, 1);
        QVERIFY(result.err.contains("the network's blocks are stem, mixed_5b,"));
    }

    void whatCannotBeDoneLeavesNothingBehind_data()
    {
        QTest::addColumn<QString>("tensor");
        QTest::addColumn<QString>("output");
        QTest::addColumn<QString>("said");
        QTest::newRow("tensor") << "block17_2/resdual"
                                << "new.npy"
                                << "the tensors of block17_2 are input, branch_0";
        QTest::newRow("block") << "block17_3/residual"
                               << "new.npy"
                               << "block17_1…2";
        QTest::newRow("no address") << "residual"
                                    << "new.h5"
                                    << "blocks are";
        for (const char *suffix : {"npy", "h5", "png"})
            QTest::newRow(suffix) << "stem/output" << QString("absent/new.") + suffix << "there is no folder";
        QTest::newRow("folder") << "stem/output"
                                << "folder.npy"
                                << "it is a folder";
    }

    void whatCannotBeDoneLeavesNothingBehind()
    {
        QFETCH(QString, tensor);
        QFETCH(QString, output);
        QFETCH(QString, said);
        QDir().mkpath(m_folder.path("folder.npy"));
        const QStringList before = m_folder.entries();
        const CliResult result = runCli(command(tensor, m_folder.path(output)));
        QCOMPARE(result.status, 1);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.contains(said.toUtf8()), result.err.constData());
        QCOMPARE(m_folder.entries(), before);
    }

    void aFailureKeepsTheOldFile()
    {
        const QString output = m_folder.write("old.npy", "old");
        QCOMPARE(runCli(command("stem/nothing", output)).status, 1);
        QCOMPARE(read(output), QByteArray("old"));
        QCOMPARE(runCli(command("stem/output", output)).status, 0);
        QVERIFY(read(output).startsWith("\x93NUMPY"));
    }

    void neitherPictureNorModelIsReplaced()
    {
        const QByteArray picture = read(m_picture);
        const CliResult result = runCli(command("stem/output", m_folder.path("./picture.png")));
        QCOMPARE(result.status, 2);
        QVERIFY(result.err.contains("which is to be read"));
        QCOMPARE(read(m_picture), picture);
        QCOMPARE(runCli(command("stem/output", m_model)).status, 2);
    }
};

QTEST_GUILESS_MAIN(FeaturesTest)
#include "test_features.moc"
