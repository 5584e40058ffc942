// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cost.h"
#include "tests/engine/weights/weight_checks.h"
#include "tests/support/keras_file_writer.h"

#include <QFile>
#include <QTemporaryDir>

#include <cmath>

using namespace reslens;
using namespace reslens::test;

namespace {

const Architecture narrow = Architecture::standard(0.1, 2, 1, 3, 7);

/// The layers behind a node by the writer's own rule: creation order is the order of the list it was asked
/// for.
void compareWithSource(const WeightFile &file, KerasNetwork &source, const KerasOptions &options,
                       double tolerance)
{
    LayerWeights weights;
    for (std::size_t index = 0; index < file.description().nodes.size(); ++index) {
        const Node &node = file.description().nodes[index];
        if (!node.hasWeights())
            continue;
        const auto numbered = [&](const std::string &stem, int first) {
            const int number = first + node.creationIndex;
            return number == 0 ? stem : stem + "_" + std::to_string(number);
        };
        file.read(int(index), weights);
        const std::string name =
            node.layerName.empty() ? numbered("conv2d", options.firstConvolution) : node.layerName;
        QCOMPARE(weights.name, name);
        const auto compare = [&](const std::string &layer, const char *weight,
                                 const std::vector<float> &values) {
            const std::vector<float> &expected = source.layer(layer).weight(weight).values;
            QCOMPARE(values.size(), expected.size());
            for (std::size_t i = 0; i < values.size(); ++i)
                QVERIFY2(std::abs(values[i] - expected[i]) <= tolerance * (1 + std::abs(expected[i])),
                         (layer + "/" + weight).c_str());
        };
        compare(name, "kernel", weights.kernel);
        if (!node.batchNormalization) {
            compare(name, "bias", weights.bias);
            QVERIFY(weights.beta.empty() && weights.mean.empty() && weights.variance.empty());
            continue;
        }
        const std::string normalization =
            node.layerName.empty() ? numbered(options.normalizationStem, options.firstNormalization)
                                   : node.layerName + "_bn";
        QVERIFY(weights.bias.empty());
        compare(normalization, "beta", weights.beta);
        compare(normalization, "moving_mean", weights.mean);
        compare(normalization, "moving_variance", weights.variance);
        if (options.gamma)
            compare(normalization, "gamma", weights.gamma);
        else
            QVERIFY(weights.gamma.empty());
    }
}

} // namespace

class TestWeightFile : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryVariant_data();
    void readsEveryVariant();
    void derivesArchitecture_data();
    void derivesArchitecture();
    void tellsUntrainedWeights();
    void readsWithoutTop();
    void takesAnOnlyDenseLayerAsTheHead();
    void findsTheActivationOfTheHead();
    void readsOwnAttributes();
    void makesUpClassNames();
    void namesUnnamedClasses();
    void readsFromMemory();
    void readsFromALongPath();
    void readsSeveralFromMemory();
    void keepsNothingOpen();

private:
    std::string path(const char *name) const { return m_folder.filePath(name).toStdString(); }

    QTemporaryDir m_folder;
};

void TestWeightFile::readsEveryVariant_data()
{
    QTest::addColumn<KerasOptions>("network");
    QTest::addColumn<FileOptions>("file");
    QTest::addColumn<bool>("shuffled");
    QTest::addColumn<double>("tolerance");

    QTest::newRow("plain") << KerasOptions{} << FileOptions{} << false << 0.0;
    QTest::newRow("numbered from 1") << KerasOptions{.firstConvolution = 1, .firstNormalization = 1}
                                     << FileOptions{} << false << 0.0;
    QTest::newRow("numbered from 412, shuffled")
        << KerasOptions{.firstConvolution = 412, .firstNormalization = 412} << FileOptions{} << true << 0.0;
    QTest::newRow("unlike numbers across a power of ten, shuffled")
        << KerasOptions{.firstConvolution = 95, .firstNormalization = 0} << FileOptions{} << true << 0.0;
    QTest::newRow("batch_normalization_v1")
        << KerasOptions{.normalizationStem = "batch_normalization_v1"} << FileOptions{} << false << 0.0;
    QTest::newRow("gamma") << KerasOptions{.gamma = true} << FileOptions{} << false << 0.0;
    QTest::newRow("float16") << KerasOptions{} << FileOptions{.type = NumberType::Float16} << false << 1e-3;
    QTest::newRow("float64") << KerasOptions{} << FileOptions{.type = NumberType::Float64} << false << 0.0;
    QTest::newRow("float16, gzip") << KerasOptions{} << FileOptions{.type = NumberType::Float16, .gzip = true}
                                   << false << 1e-3;
    QTest::newRow("strings of variable length")
        << KerasOptions{} << FileOptions{.variableStrings = true} << false << 0.0;
    QTest::newRow("split attributes")
        << KerasOptions{} << FileOptions{.splitAttributes = true} << false << 0.0;
    QTest::newRow("whole model") << KerasOptions{} << FileOptions{.wholeModel = true} << false << 0.0;
    QTest::newRow("nested model") << KerasOptions{}
                                  << FileOptions{.splitAttributes = true, .wholeModel = true, .nested = true}
                                  << true << 0.0;
    QTest::newRow("without :0") << KerasOptions{} << FileOptions{.colonZero = false} << false << 0.0;
}

void TestWeightFile::readsEveryVariant()
{
    QFETCH(KerasOptions, network);
    QFETCH(FileOptions, file);
    QFETCH(bool, shuffled);
    QFETCH(double, tolerance);

    KerasNetwork source = randomNetwork(narrow, network);
    if (shuffled)
        source.shuffle(5);
    writeKerasFile(path("variant.h5"), source, file);
    const WeightFile read = WeightFile::open(path("variant.h5"));
    QVERIFY(read.description().architecture == narrow);
    QCOMPARE(read.info().name, "variant.h5");
    QCOMPARE(read.info().path, path("variant.h5"));
    QCOMPARE(read.info().inputSize, 299);
    QCOMPARE(read.info().parameters, parameterCount(describe(narrow)));
    compareWithSource(read, source, network, tolerance);
}

void TestWeightFile::derivesArchitecture_data()
{
    QTest::addColumn<Architecture>("architecture");

    QTest::newRow("no residual blocks") << Architecture::standard(0.05, 0, 0, 0, 2);
    QTest::newRow("one of each") << Architecture::standard(0.05, 1, 1, 1, 3);
    QTest::newRow("more than published") << Architecture::standard(0.05, 11, 21, 12, 3);
    QTest::newRow("without block17") << Architecture::standard(0.1, 2, 0, 1, 3);
    QTest::newRow("published numbers") << Architecture::standard(0.05, 10, 20, 10, 202);
    Architecture uneven = Architecture::standard(0.05, 1, 1, 1, 5);
    int width = 3;
    for (int &filters : uneven.filters)
        filters = width++;
    // The branches of mixed_5b, which the trunk's width sums up, may be of any width too.
    QTest::newRow("every width another") << uneven;
}

void TestWeightFile::derivesArchitecture()
{
    QFETCH(Architecture, architecture);

    writeKerasFile(path("architecture.h5"), randomNetwork(architecture));
    QVERIFY(WeightFile::open(path("architecture.h5")).description().architecture == architecture);
}

void TestWeightFile::tellsUntrainedWeights()
{
    KerasNetwork network = randomNetwork(narrow);
    for (KerasLayer &layer : network.layers)
        for (KerasWeight &weight : layer.weights)
            if (weight.name == "moving_mean" || weight.name == "beta")
                std::ranges::fill(weight.values, 0.0F);
            else if (weight.name == "moving_variance")
                std::ranges::fill(weight.values, 1.0F);
    writeKerasFile(path("untrained.h5"), network);
    const ModelInfo untrained = WeightFile::open(path("untrained.h5")).info();
    QVERIFY(untrained.untrained);
    QVERIFY(untrained.about.find("untrained") != std::string::npos);

    // One that has seen anything at all is not.
    network.layer("conv_7b_bn").weight("moving_mean").values.back() = 0.25F;
    writeKerasFile(path("trained.h5"), network);
    const ModelInfo trained = WeightFile::open(path("trained.h5")).info();
    QVERIFY(!trained.untrained);
    QVERIFY(trained.about.empty());
}

void TestWeightFile::readsWithoutTop()
{
    Architecture headless = narrow;
    headless.classes = 0;
    KerasNetwork source = randomNetwork(headless);
    writeKerasFile(path("notop.h5"), source);
    const WeightFile file = WeightFile::open(path("notop.h5"));
    QVERIFY(!file.description().architecture.hasTop());
    QVERIFY(file.info().classes.empty());
    QVERIFY(!file.description().findBlock("predictions"));
    compareWithSource(file, source, {}, 0);
}

void TestWeightFile::takesAnOnlyDenseLayerAsTheHead()
{
    KerasNetwork source = randomNetwork(narrow);
    source.layer("predictions").name = "dense_3";
    writeKerasFile(path("tuned.h5"), source, {.wholeModel = true});
    const WeightFile file = WeightFile::open(path("tuned.h5"));
    QCOMPARE(file.description().architecture.classes, narrow.classes);
    LayerWeights weights;
    file.read(*file.description().find("predictions/logits"), weights);
    QCOMPARE(weights.name, "dense_3");
    QVERIFY(weights.kernel == source.layer("dense_3").weight("kernel").values);
}

void TestWeightFile::findsTheActivationOfTheHead()
{
    Architecture headless = narrow;
    headless.classes = 0;
    const std::size_t pooled = std::size_t(headless.filters.back());
    const auto values = [](std::size_t count) { return std::vector<float>(count, 0.5F); };
    // Dense, batch normalization and an activation of its own, or one within the dense layer.
    for (const bool own : {true, false}) {
        KerasNetwork source = randomNetwork(headless);
        source.layers.push_back({"global_average_pooling2d"});
        source.layers.push_back(
            {"dense", {{"kernel", {pooled, 5}, values(pooled * 5)}, {"bias", {5}, values(5)}}});
        KerasLayer normalization{"batch_normalization_900"};
        for (const char *weight : {"gamma", "beta", "moving_mean", "moving_variance"})
            normalization.weights.push_back({weight, {5}, values(5)});
        source.layers.push_back(normalization);
        if (own)
            source.layers.push_back({"activation_900"});
        source.layers.push_back({"dense_1", {{"kernel", {5, 3}, values(15)}, {"bias", {3}, values(3)}}});
        writeKerasFile(path("head.h5"), source);
        const WeightFile file = WeightFile::open(path("head.h5"));
        const std::vector<DenseLayer> &head = file.description().architecture.head;
        QCOMPARE(head.size(), std::size_t(2));
        QVERIFY(head[0].relu);
        QCOMPARE(head[0].after.has_value(), own);
        QCOMPARE(head[1].before.has_value(), !own);
        // What had to be guessed is said.
        QVERIFY(file.info().assumed.find("ReLU is assumed") != std::string::npos);
    }
}

void TestWeightFile::readsOwnAttributes()
{
    const std::vector<std::string> names{"hog", "tabby", "Weißstorch", "d", "e", "f", "g"};
    const std::vector<std::string> wnids{"n02395406", "n02123045", "n02002556", "n4", "n5", "n6", "n7"};
    for (const bool variable : {false, true}) {
        writeKerasFile(path("own.h5"), randomNetwork(narrow),
                       {.variableStrings = variable,
                        .inputSize = 139,
                        .classNames = names,
                        .wnids = wnids,
                        .about = "trained on seven things"});
        const WeightFile file = WeightFile::open(path("own.h5"));
        QCOMPARE(file.info().inputSize, 139);
        QCOMPARE(file.info().about, "trained on seven things");
        QVERIFY(file.info().namedClasses);
        QCOMPARE(file.info().classes.size(), names.size());
        for (std::size_t i = 0; i < names.size(); ++i) {
            QCOMPARE(file.info().classes[i].name, names[i]);
            QCOMPARE(file.info().classes[i].wnid, wnids[i]);
        }
    }
}

void TestWeightFile::makesUpClassNames()
{
    writeKerasFile(path("unnamed.h5"), randomNetwork(narrow));
    const WeightFile file = WeightFile::open(path("unnamed.h5"));
    QVERIFY(!file.info().namedClasses);
    QCOMPARE(file.info().classes.size(), std::size_t(7));
    QCOMPARE(file.info().classes.front().name, "class 0");
    QCOMPARE(file.info().classes.back().name, "class 6");
    QCOMPARE(file.info().about, "");
}

void TestWeightFile::namesUnnamedClasses()
{
    const std::vector<ClassLabel> labels{{"n1", "one"}, {"n2", "two"}};
    ModelInfo info;
    info.classes = {{"", "class 0"}, {"", "class 1"}};
    nameClasses(info, labels);
    QCOMPARE(info.classes[1].name, "two");
    QCOMPARE(info.classes[1].wnid, "n2");

    info.classes = {{"", "class 0"}, {"", "class 1"}, {"", "class 2"}};
    nameClasses(info, labels);
    QCOMPARE(info.classes[1].name, "class 1");

    info.classes = {{"", "hog"}, {"", "dog"}};
    info.namedClasses = true;
    nameClasses(info, labels);
    QCOMPARE(info.classes[1].name, "dog");
}

void TestWeightFile::readsFromMemory()
{
    KerasNetwork source = randomNetwork(narrow);
    for (const bool gzip : {false, true}) {
        writeKerasFile(path("memory.h5"), source, {.gzip = gzip});
        QFile stored(m_folder.filePath("memory.h5"));
        QVERIFY(stored.open(QIODevice::ReadOnly));
        const QByteArray bytes = stored.readAll();
        const QByteArray copy(bytes.constData(), bytes.size());
        QVERIFY(QFile::remove(stored.fileName()));
        {
            const WeightFile file = WeightFile::openMemory(bytesOf(bytes), "embedded");
            QCOMPARE(file.info().name, "embedded");
            QCOMPARE(file.info().path, "");
            compareWithSource(file, source, {}, 0);
        }
        QCOMPARE(bytes, copy);
    }
}

void TestWeightFile::readsFromALongPath()
{
    std::filesystem::path folder = path("deep");
    for (int i = 0; i < 6; ++i)
        folder /= std::string(200, char('a' + i));
    std::filesystem::create_directories(folder);
    KerasNetwork source = randomNetwork(narrow);
    writeKerasFile(path("short.h5"), source, {.variableStrings = true});
    std::filesystem::copy_file(path("short.h5"), folder / "long.h5");
    compareWithSource(WeightFile::open(folder / "long.h5"), source, {}, 0);
}

void TestWeightFile::readsSeveralFromMemory()
{
    std::vector<QByteArray> files;
    for (const int classes : {3, 4}) {
        writeKerasFile(path("several.h5"), randomNetwork(Architecture::standard(0.05, 1, 1, 1, classes)));
        QFile stored(m_folder.filePath("several.h5"));
        QVERIFY(stored.open(QIODevice::ReadOnly));
        files.push_back(stored.readAll());
    }
    // A file of the same name lies on the disk, and both have the same name.
    const auto open = [&](const QByteArray &bytes) {
        return WeightFile::openMemory(bytesOf(bytes), path("several.h5"));
    };
    const WeightFile first = open(files[0]);
    const WeightFile second = open(files[1]);
    QCOMPARE(first.description().architecture.classes, 3);
    QCOMPARE(second.description().architecture.classes, 4);
}

void TestWeightFile::keepsNothingOpen()
{
#ifndef Q_OS_LINUX
    QSKIP("counts the process' open files in /proc");
#endif
    const auto openFiles = [] { return QDir("/proc/self/fd").entryList(QDir::Files | QDir::System).size(); };
    writeKerasFile(path("open.h5"), randomNetwork(narrow));
    const auto before = openFiles();
    {
        const WeightFile file = WeightFile::open(path("open.h5"));
        QCOMPARE(openFiles(), before + 1);
    }
    QCOMPARE(openFiles(), before);
    removeLink(path("open.h5"), "conv2d_3");
    QVERIFY_THROWS_EXCEPTION(Error, WeightFile::open(path("open.h5")));
    QCOMPARE(openFiles(), before);
}

QTEST_APPLESS_MAIN(TestWeightFile)
#include "test_weight_file.moc"
