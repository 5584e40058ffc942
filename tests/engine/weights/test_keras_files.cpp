// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/network.h"
#include "engine/runner.h"
#include "engine/weights/archive.h"
#include "tests/engine/weights/weight_checks.h"
#include "tests/support/archive_entry.h"
#include "tests/support/keras_file_writer.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtEndian>

#include <array>
#include <cmath>
#include <hdf5.h>

using namespace reslens;
using namespace reslens::test;

namespace {

constexpr int pictureSize = 75;

QByteArray readEntry(const QString &library, const QString &entry)
{
    const auto archive =
        Archive::open(std::string(RESLENS_TEST_DATA) + "/keras/" + library.toStdString() + ".zip");
    const std::vector<std::byte> bytes = archive.read(entry.toUtf8().constData());
    return {reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())};
}

Tensor picture(const QString &library)
{
    Tensor input(Shape{pictureSize, pictureSize, 3});
    const QByteArray pixels = readEntry(library, "picture.rgb");
    std::ranges::transform(pixels, input.data(), [](char value) {
        return float(double(static_cast<unsigned char>(value)) / 127.5 - 1);
    });
    return input;
}

QJsonObject expectations(const QString &library)
{
    return QJsonDocument::fromJson(readEntry(library, "expected.json")).object();
}

} // namespace

/// Files that Keras itself wrote, see tests/reference/make_keras_files.py.
class TestKerasFiles : public QObject
{
    Q_OBJECT

private slots:
    void matchesKeras_data();
    void matchesKeras();
    void describesTheHead();
    void capturesTheHead();
    void tellsWhatItAssumes();
    void tellsWhoWroteIt();
    void describesTheWriter();
    void refusesOtherHeads_data();
    void refusesOtherHeads();
    void refusesOtherNetworks();
    void explainsTruncation_data() { matchesKeras_data(); }
    void explainsTruncation();
    void explainsDamage_data();
    void explainsDamage();
    void explainsDamagedArchives();
    void explainsClaimsOfAnArchive();
    void refusesOtherScales();
    void neverLosesLayersToDamage();
    void readsNoOtherFiles();
    void explainsAnEpsilonThatCannotBe();

private:
    static std::vector<float> valuesOf(const std::string &path);
    std::string store(const QString &name, const QByteArray &bytes) const;
    std::string extract(const QString &library, const QString &entry) const
    {
        return store(QFileInfo(entry).fileName(), readEntry(library, entry));
    }

    QTemporaryDir m_folder;
};

std::string TestKerasFiles::store(const QString &name, const QByteArray &bytes) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName().toStdString();
}

void TestKerasFiles::matchesKeras_data()
{
    QTest::addColumn<QString>("library");
    QTest::addColumn<QString>("name");
    for (const QString library : {"tf_keras", "keras"})
        for (const QString &name : expectations(library).keys())
            QTest::addRow("%s %s", qPrintable(library), qPrintable(name)) << library << name;
}

void TestKerasFiles::matchesKeras()
{
    QFETCH(const QString, library);
    QFETCH(const QString, name);

    LoadOptions options;
    options.inputSize = pictureSize;
    const auto network = Network::load(extract(library, name), options);
    const bool whole = name.endsWith(".keras") || name.endsWith("-model.h5");
    QCOMPARE(network->info().inputSize, whole ? pictureSize : 299);
    const std::vector<float> probabilities = Runner(network, 1).run(picture(library)).probabilities;
    const QJsonArray expected = expectations(library)[name].toArray();
    QCOMPARE(probabilities.size(), std::size_t(expected.size()));
    for (std::size_t i = 0; i < probabilities.size(); ++i)
        QVERIFY2(std::abs(double(probabilities[i]) - expected[qsizetype(i)].toDouble()) <= 1e-4,
                 qPrintable(QString("class %1: %2, expected %3")
                                .arg(i)
                                .arg(double(probabilities[i]))
                                .arg(expected[qsizetype(i)].toDouble())));
}

void TestKerasFiles::describesTheHead()
{
    const WeightFile file = WeightFile::open(extract("keras", "head.keras"));
    const Architecture &architecture = file.description().architecture;
    QCOMPARE(architecture.classes, 3);
    const BatchNormalization plain;
    const std::vector<DenseLayer> expected{
        {.units = 7, .relu = true, .before = plain},
        {.units = 7, .relu = true, .before = BatchNormalization{.gamma = false}},
        {.units = 3, .after = BatchNormalization{.beta = false}}};
    QVERIFY(architecture.head == expected);
    const Description &description = file.description();
    const std::vector<std::string> addresses{"predictions/pool", "predictions/dense_1", "predictions/dense_2",
                                             "predictions/logits", "predictions/probabilities"};
    QVERIFY(description.addresses(description.blocks.back()) == addresses);

    const WeightFile other = WeightFile::open(extract("keras", "head-model.h5"));
    QVERIFY(other.description().architecture.head ==
            (std::vector<DenseLayer>{
                {.units = 8, .relu = true, .bias = false, .after = BatchNormalization{.epsilon = 0.01F}},
                {.units = 3}}));
    QVERIFY(WeightFile::open(extract("keras", "top.keras")).description().architecture.head.empty());
}

void TestKerasFiles::capturesTheHead()
{
    LoadOptions options;
    options.inputSize = pictureSize;
    RunOptions run;
    run.capture = {"predictions/pool", "predictions/dense_1", "predictions/logits"};
    const auto network = Network::load(extract("keras", "head.h5"), options);
    const RunResult result = Runner(network, 1).run(picture("keras"), run);
    const auto hidden = result.captured.at("predictions/dense_1");
    QVERIFY(hidden->shape() == (Shape{1, 1, 8}));
    QVERIFY(std::ranges::all_of(hidden->values(), [](float value) { return value >= 0; }));
    QVERIFY(std::ranges::equal(result.captured.at("predictions/logits")->values(), result.logits));
}

void TestKerasFiles::tellsWhatItAssumes()
{
    const auto about = [&](const char *name) {
        return QString::fromStdString(WeightFile::open(extract("keras", name)).info().about);
    };
    QVERIFY(about("head.weights.h5").contains("ReLU is assumed"));
    QVERIFY(about("head.h5").contains("ReLU is assumed"));
    QVERIFY(!about("top.weights.h5").contains("assumed"));
    QVERIFY(!about("head.keras").contains("assumed"));
    QVERIFY(about("head.keras").startsWith("Saved by Keras 3."));
    QVERIFY(about("head-model.h5").startsWith("Saved by Keras 3."));
}

void TestKerasFiles::tellsWhoWroteIt()
{
    const auto origin = [&](const char *library, const char *name) {
        return WeightFile::open(extract(library, name)).origin();
    };
    for (const char *library : {"keras", "tf_keras"}) {
        const char *const version = library[0] == 'k' ? "3." : "2.";
        const Origin legacy = origin(library, "top.h5");
        QVERIFY(legacy.format == ModelFormat::LegacyWeights);
        QVERIFY(legacy.kerasVersion.starts_with(version));
        QCOMPARE(legacy.backend, std::string("tensorflow"));
        const Origin weights = origin(library, "top.weights.h5");
        QVERIFY(weights.format == ModelFormat::Weights);
        QVERIFY(weights.kerasVersion.empty());
        const Origin whole = origin(library, "top-model.h5");
        QVERIFY(whole.format == ModelFormat::WholeModel);
        QVERIFY(whole.kerasVersion.starts_with(version));
        const Origin archive = origin(library, "top.keras");
        QVERIFY(archive.format == ModelFormat::Archive);
        QVERIFY(archive.kerasVersion.starts_with(version));
        QVERIFY(archive.saved.starts_with("20"));
    }
}

void TestKerasFiles::describesTheWriter()
{
    Origin origin;
    QCOMPARE(describeWriter(origin), std::string("the file does not say"));
    origin.kerasVersion = "3.5.0";
    origin.backend = "jax";
    QCOMPARE(describeWriter(origin), std::string("Keras 3.5.0, jax"));
    origin = Origin();
    origin.program = "Reslens";
    QCOMPARE(describeWriter(origin), std::string("Reslens"));
}

void TestKerasFiles::refusesOtherHeads_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("parts");

    const auto row = [](const char *name, const char *parts) { QTest::newRow(name) << name << parts; };
    row("sigmoid.keras", "(Dense, sigmoid) in sigmoid.keras|expected");
    row("single.weights.h5", "single.weights.h5 has a single output|sigmoid|expected a softmax");
    row("logits.keras", "logits.keras ends the head without a softmax");
    row("tanh-model.h5", "(Dense, tanh) in tanh-model.h5");
    row("flatten.keras", "(Flatten) in flatten.keras|expected global average pooling");
    row("flatten.weights.h5", "takes 414 values, probably of a Flatten|expected the 46");
    row("maximum.keras", "(GlobalMaxPooling2D) in maximum.keras");
    row("maximum.h5", "global_max_pooling2d|takes the maximum|expected global average pooling");
    row("normalized.keras", "(LayerNormalization) in normalized.keras");
    row("normalized.weights.h5", "layer_normalization|normalized.weights.h5|expected dense layers");
    row("ambiguous.weights.h5", "batch_normalization|several places|.keras");
    row("rescaled.keras", "(Rescaling) in rescaled.keras changes the picture|expected x / 127.5");
}

void TestKerasFiles::refusesOtherHeads()
{
    QFETCH(const QString, name);
    QFETCH(const QString, parts);
    verifyError(extract("keras", "refused/" + name), ErrorKind::Unsupported, parts);
}

void TestKerasFiles::refusesOtherNetworks()
{
    for (const QString name : {"another.weights.h5", "another-model.h5", "another.keras"})
        verifyError(extract("keras", "refused/" + name), ErrorKind::NotAModel,
                    name + " is not an Inception-ResNet-v2|expected 203 numbered convolutions");
}

void TestKerasFiles::explainsTruncation()
{
    QFETCH(const QString, library);
    QFETCH(const QString, name);
    const QByteArray whole = readEntry(library, name);
    const QString cut = "cut-" + name;
    for (int tenth = 1; tenth < 10; ++tenth)
        verifyError(store(cut, whole.first(whole.size() * tenth / 10)), ErrorKind::Damaged,
                    cut + "|cut short");
    verifyError(store(cut, whole.chopped(1)), ErrorKind::Damaged, cut + "|cut short");
}

void TestKerasFiles::explainsDamage_data()
{
    QTest::addColumn<QString>("library");
    QTest::addColumn<QString>("name");
    QTest::addColumn<std::function<void(const std::string &)>>("damage");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("parts");

    using enum ErrorKind;
    const auto row = [](const char *library, const char *name,
                        const std::function<void(const std::string &)> &damage, ErrorKind kind,
                        const char *parts) {
        QTest::addRow("%s %s: %s", library, name, parts) << library << name << damage << kind << parts;
    };
    const auto without = [](const char *link) {
        return [=](const std::string &path) { removeLink(path, link); };
    };
    const auto resized = [](const char *link, const std::vector<std::size_t> &dimensions) {
        return [=](const std::string &path) { resizeWeight(path, link, dimensions); };
    };
    row("keras", "top.weights.h5", without("layers/conv2d_20"), MissingLayer, "conv2d_|is missing");
    row("keras", "top.weights.h5", without("layers/batch_normalization_9"), MissingLayer,
        "batch_normalization_|is missing");
    row("keras", "head.weights.h5", without("layers/dense/vars/0"), Damaged,
        "dense/vars/0 in head.weights.h5");
    row("tf_keras", "top.weights.h5", without("layers/conv2d_20"), MissingLayer,
        "62 convolutions, expected 63 for 2 + 3 + 2");
    row("tf_keras", "top.weights.h5", without("layers/batch_normalization_9"), MissingLayer,
        "55 batch normalizations, expected 56");
    row("tf_keras", "top.weights.h5", resized("layers/conv2d_20/vars/0", {1, 1, 9, 9}), WrongShape,
        "top.weights.h5: kernel is 1 × 1 × 9 × 9, expected");
    row("keras", "head.weights.h5", resized("layers/dense_1/vars/0", {5, 6}), WrongShape,
        "dense_|kernel is 5 × 6, expected 9 × 6");
    row("keras", "head.weights.h5", resized("layers/dense/vars/1", {8}), WrongShape,
        "dense_|bias has 8 values");
    row("keras", "top-model.h5", resized("model_weights/predictions/predictions/kernel", {45, 5}), WrongShape,
        "predictions in top-model.h5: kernel is 45 × 5, expected 46 × 5");
    row("tf_keras", "top-model.h5", resized("model_weights/conv_7b/conv_7b/kernel:0", {3, 3, 9, 46}),
        WrongShape, "conv_7b in top-model.h5: kernel is 3 × 3 × 9 × 46, expected 1 × 1");
    row("keras", "head-model.h5", without("model_weights/dense_4"), MissingLayer,
        "dense_4 is listed in head-model.h5 but missing");
    row("tf_keras", "nested-model.h5", without("model_weights/inception_resnet_v2/conv_7b"), MissingLayer,
        "conv_7b/kernel:0 is listed in nested-model.h5 but missing");
}

void TestKerasFiles::explainsDamage()
{
    QFETCH(const QString, library);
    QFETCH(const QString, name);
    QFETCH(const std::function<void(const std::string &)>, damage);
    QFETCH(const ErrorKind, kind);
    QFETCH(const QString, parts);
    const std::string path = extract(library, name);
    damage(path);
    verifyError(path, kind, parts);
}

void TestKerasFiles::explainsDamagedArchives()
{
    const auto weights = [&](const std::function<void(const std::string &)> &damage) {
        const std::string path = extract("keras", "head.keras");
        const std::vector<std::byte> bytes = Archive::open(path).read("model.weights.h5");
        const std::string inner =
            store("inner.h5", {reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())});
        damage(inner);
        QFile changed(QString::fromStdString(inner));
        if (!changed.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", inner.c_str());
        replaceEntry(path, "model.weights.h5", changed.readAll().toStdString());
        return path;
    };
    verifyError(weights([](const std::string &path) { removeLink(path, "layers/conv2d_17"); }),
                ErrorKind::MissingLayer, "is missing|head.keras");
    verifyError(weights([](const std::string &path) { removeLink(path, "layers/dense_2"); }),
                ErrorKind::MissingLayer, "(Dense) is missing from head.keras, whose configuration has it");
    verifyError(weights([](const std::string &path) {
                    resizeWeight(path, "layers/dense/vars/0", {45, 7});
                }),
                ErrorKind::WrongShape, "head.keras: kernel is 45 × 7, expected 46 × 7");
    verifyError(weights([](const std::string &path) { std::filesystem::resize_file(path, 100'000); }),
                ErrorKind::Damaged, "model.weights.h5 in head.keras is cut short");

    const std::string path = extract("keras", "head.keras");
    replaceEntry(path, "config.json", "{\"config\": ");
    verifyError(path, ErrorKind::Damaged, "model configuration in head.keras is damaged");
    replaceEntry(path, "config.json", "[]");
    verifyError(path, ErrorKind::Damaged, "model configuration in head.keras is damaged");
    removeEntry(path, "config.json");
    verifyError(path, ErrorKind::NotAModel, "head.keras is a zip archive without config.json");

    QByteArray bytes = readEntry("keras", "head.keras");
    bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
    verifyError(store("flipped.keras", bytes), ErrorKind::Damaged, "model.weights.h5 in flipped.keras|CRC");
}

/// Where an archive's table of contents has another size than what is packed.
void TestKerasFiles::explainsClaimsOfAnArchive()
{
    QByteArray bytes = readEntry("keras", "head.keras");
    constexpr qsizetype size = 24; // places in an entry of the table
    constexpr qsizetype name = 46;
    const qsizetype entry = bytes.lastIndexOf("metadata.json") - name;
    QVERIFY(bytes.sliced(entry).startsWith("PK\1\2"));
    bytes[entry + size + 3] = 6; // its highest byte: 96 MiB
    verifyError(store("claims.keras", bytes), ErrorKind::Damaged,
                "metadata.json in claims.keras cannot be read (it claims 100,663,360 bytes)");
}

void TestKerasFiles::refusesOtherScales()
{
    for (const QString library : {"tf_keras", "keras"}) {
        const std::string path = extract(library, "top.keras");
        const std::vector<std::byte> bytes = Archive::open(path).read("config.json");
        QByteArray config(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
        const qsizetype at = config.indexOf("\"scale\": 0.17");
        QVERIFY(at >= 0);
        replaceEntry(path, "config.json", config.replace(at, 13, "\"scale\": 0.5").toStdString());
        verifyError(path, ErrorKind::Unsupported,
                    "block35_1 in top.keras scales its residual by 0.5; expected 0.17");
    }
}

/// All weights, node by node.
std::vector<float> TestKerasFiles::valuesOf(const std::string &path)
{
    const WeightFile file = WeightFile::open(path);
    std::vector<float> values;
    LayerWeights weights;
    for (std::size_t node = 0; node < file.description().nodes.size(); ++node)
        if (file.description().nodes[node].hasWeights()) {
            file.read(int(node), weights);
            for (const std::vector<float> *each :
                 {&weights.kernel, &weights.bias, &weights.beta, &weights.mean, &weights.variance})
                values.insert(values.end(), each->begin(), each->end());
        }
    return values;
}

/// What damage hides must not be taken for absent: that would be another network.
void TestKerasFiles::neverLosesLayersToDamage()
{
    unsigned version = 0;
    unsigned minor = 0;
    unsigned release = 0;
    H5get_libversion(&version, &minor, &release);
    const QByteArray whole = readEntry("keras", "head.weights.h5");
    const std::vector<float> values = valuesOf(store("whole.h5", whole));
    int refused = 0;
    for (const char *signature : {"SNOD", "TREE", "HEAP"})
        for (qsizetype at = whole.indexOf(signature); at >= 0; at = whole.indexOf(signature, at + 1)) {
            // A part of the file's structure, and what leads to it.
            QByteArray broken = whole;
            broken[at] = char(broken[at] ^ 1);
            std::array<char, 8> address{};
            qToLittleEndian(quint64(at), address.data());
            QByteArray lost = whole;
            // Debian builds HDF5 2 with assertions, of which this is one.
            if (version < 2)
                lost.replace(QByteArray(address.data(), address.size()), QByteArray(8, '\xff'));
            for (const QByteArray &damaged : {broken, lost}) {
                std::vector<float> read;
                const auto error = errorOf([&] { read = valuesOf(store("damaged.h5", damaged)); });
                // Not all of the structure is of the network.
                QVERIFY2(error || read == values, QByteArray::number(at));
                refused += error ? 1 : 0;
            }
        }
    QVERIFY(refused > 100);
}

void TestKerasFiles::readsNoOtherFiles()
{
    const std::string path = extract("keras", "head.h5");
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    const std::string name = "conv2d_277/conv2d_277/kernel";
    const hid_t old = H5Dopen2(file, name.c_str(), H5P_DEFAULT);
    const hid_t space = H5Dget_space(old);
    const hsize_t size = hsize_t(H5Sget_simple_extent_npoints(space)) * sizeof(float);
    H5Dclose(old);
    H5Pset_external(creation, "/dev/zero", 0, size);
    H5Ldelete(file, name.c_str(), H5P_DEFAULT);
    H5Dclose(H5Dcreate2(file, name.c_str(), H5T_IEEE_F32LE, space, H5P_DEFAULT, creation, H5P_DEFAULT));
    H5Sclose(space);
    H5Pclose(creation);
    H5Fclose(file);
    verifyError(path, ErrorKind::Unsupported, "head.h5 keeps its values in another file");
}

void TestKerasFiles::explainsAnEpsilonThatCannotBe()
{
    const std::string path = extract("keras", "head.keras");
    const std::vector<std::byte> bytes = Archive::open(path).read("config.json");
    QByteArray config(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
    const qsizetype last = config.lastIndexOf("\"epsilon\": 0.001");
    QVERIFY(last >= 0);
    replaceEntry(path, "config.json", config.replace(last, 16, "\"epsilon\": -9.0").toStdString());
    const auto error = errorOf([&] { Network::load(path); });
    QVERIFY(error && error->kind() == ErrorKind::Damaged);
    QVERIFY2(QString(error->what()).contains("in head.keras overflows when its batch normalization"),
             error->what());
}

QTEST_APPLESS_MAIN(TestKerasFiles)
#include "test_keras_files.moc"
