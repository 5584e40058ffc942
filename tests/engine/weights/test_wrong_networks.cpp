// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/network.h"
#include "tests/engine/weights/weight_checks.h"
#include "tests/support/keras_file_writer.h"

#include <QTemporaryDir>

#include <cmath>
#include <limits>

using namespace reslens;
using namespace reslens::test;

namespace {

const Architecture narrow = Architecture::standard(0.1, 2, 2, 2, 7);

/// What it takes to damage a network before it is written.
using Damage = std::function<void(KerasNetwork &)>;

void resize(KerasWeight &weight, std::vector<std::size_t> dimensions)
{
    std::size_t count = 1;
    for (const std::size_t extent : dimensions)
        count *= extent;
    weight.dimensions = std::move(dimensions);
    weight.values.assign(count, 0.5F);
}

KerasNetwork namedLayers(const std::vector<std::string> &names)
{
    KerasNetwork network;
    for (const std::string &name : names)
        network.layers.push_back({name, {{"kernel", {1, 1, 2, 2}, {1, 2, 3, 4}}}});
    return network;
}

} // namespace

class TestWrongNetworks : public QObject
{
    Q_OBJECT

private slots:
    void rejectsDamagedNetworks_data();
    void rejectsDamagedNetworks();
    void rejectsOtherNetworks_data();
    void rejectsOtherNetworks();
    void rejectsListedButMissing();
    void rejectsManyNames();
    void rejectsMoreValuesThanAreStored();
    void rejectsOverflowInFolding();
    void rejectsWrongNumbers_data();
    void rejectsWrongNumbers();
    void rejectsWrongOwnAttributes_data();
    void rejectsWrongOwnAttributes();

private:
    std::string path(const char *name) const { return m_folder.filePath(name).toStdString(); }

    QTemporaryDir m_folder;
};

void TestWrongNetworks::rejectsDamagedNetworks_data()
{
    QTest::addColumn<Damage>("damage");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("parts");

    const auto removal = [](const char *layer) {
        return [=](KerasNetwork &network) { network.remove(layer); };
    };
    const auto edit = [](const char *layer, const char *weight,
                         const std::function<void(KerasWeight &)> &change) {
        return [=](KerasNetwork &network) { change(network.layer(layer).weight(weight)); };
    };
    const auto shape = [&](const char *layer, const char *weight,
                           const std::vector<std::size_t> &dimensions) {
        return edit(layer, weight, [=](KerasWeight &target) { resize(target, dimensions); });
    };
    const auto value = [&](const char *layer, const char *weight, float number) {
        return edit(layer, weight, [=](KerasWeight &target) { target.values.back() = number; });
    };
    const auto without = [](const char *layer, const char *weight) {
        return [=](KerasNetwork &network) {
            std::erase_if(network.layer(layer).weights,
                          [&](const KerasWeight &candidate) { return candidate.name == weight; });
        };
    };
    const auto row = [](const char *name, const Damage &damage, ErrorKind kind, const char *parts) {
        QTest::newRow(name) << damage << kind << QString(parts);
    };
    using enum ErrorKind;

    row("no conv2d_17", removal("conv2d_17"), MissingLayer,
        "conv2d_17 is missing|expected 51|has 50|2 + 2 + 2");
    row("no first convolution", removal("conv2d"), MissingLayer, "50 numbered convolutions, expected 51");
    row("no batch_normalization_9", removal("batch_normalization_9"), MissingLayer,
        "batch_normalization_9 is missing");
    row("no block17_1_conv", removal("block17_1_conv"), MissingLayer,
        "block17_1_conv is missing|block17_2_conv");
    row(
        "a number with a leading zero",
        [](KerasNetwork &network) { network.layer("block35_1_conv").name = "block35_01_conv"; }, MissingLayer,
        "block35_1_conv is missing");
    row("no block35_2_conv", removal("block35_2_conv"), MissingLayer, "block35_2_conv is missing");
    row("no block8_2_conv", removal("block8_2_conv"), MissingLayer, "block8_2_conv|is missing");
    row("no conv_7b", removal("conv_7b"), MissingLayer, "conv_7b is missing");
    row("no conv_7b_bn", removal("conv_7b_bn"), MissingLayer, "conv_7b_bn is missing");
    row(
        "layer without weights", [](KerasNetwork &network) { network.layer("conv2d_5").weights.clear(); },
        MissingLayer, "conv2d_5 is missing");
    row("no kernel", without("block8_1_conv", "kernel"), MissingLayer,
        "block8_1_conv in damaged.h5 has no kernel");
    row("no mean", without("batch_normalization_3", "moving_mean"), MissingLayer,
        "batch_normalization_3 in damaged.h5 has no moving_mean");
    row("no bias", without("predictions", "bias"), MissingLayer, "predictions in damaged.h5 has no bias");
    row(
        "too many convolutions",
        [](KerasNetwork &network) {
            network.layers.push_back({"conv2d_51", network.layer("conv2d_3").weights});
        },
        NotAModel, "52 numbered convolutions, expected 51");
    row(
        "bias before a batch normalization",
        [](KerasNetwork &network) {
            network.layer("conv2d_3").weights.push_back({"bias", {2}, {1, 2}});
        },
        Unsupported, "conv2d_3 in damaged.h5 has a bias");

    row("wider kernel", shape("conv2d_2", "kernel", {3, 3, 3, 9}), WrongShape,
        "conv2d_2 in damaged.h5: kernel is 3 × 3 × 3 × 9, expected 3 × 3 × 3 × 6");
    row("other inputs", shape("conv2d_2", "kernel", {3, 3, 4, 6}), WrongShape,
        "conv2d_2 in damaged.h5: kernel is 3 × 3 × 4 × 6, expected 3 × 3 × 3 × 6");
    row("other window", shape("conv2d_2", "kernel", {5, 1, 3, 6}), WrongShape,
        "conv2d_2 in damaged.h5: kernel is 5 × 1");
    row("wrong rank", shape("conv2d_2", "kernel", {27, 6}), WrongShape,
        "conv2d_2 in damaged.h5: kernel is 27 × 6, expected 3 × 3 × 3 × 6");
    row("residual convolution of another width", shape("block35_1_conv", "kernel", {1, 1, 13, 33}),
        WrongShape, "block35_1_conv in damaged.h5: kernel is 1 × 1 × 13 × 33, expected");
    row("short beta", shape("batch_normalization_2", "beta", {5}), WrongShape,
        "batch_normalization_2 in damaged.h5: beta has 5 values, expected 6 values");
    row("long mean", shape("batch_normalization_2", "moving_mean", {7}), WrongShape,
        "moving_mean has 7 values");
    row("square variance", shape("batch_normalization_2", "moving_variance", {2, 3}), WrongShape,
        "moving_variance is 2 × 3, expected 6 values");
    row("short bias", shape("predictions", "bias", {6}), WrongShape,
        "predictions in damaged.h5: bias has 6 values, expected 7 values");
    row("dense of other inputs", shape("predictions", "kernel", {3, 7}), WrongShape,
        "predictions in damaged.h5: kernel is 3 × 7, expected 154 × 7");
    row(
        "empty kernel",
        [](KerasNetwork &network) {
            resize(network.layer("conv2d_2").weight("kernel"), {3, 3, 3, 0});
            for (KerasWeight &weight : network.layer("batch_normalization_2").weights)
                resize(weight, {0});
        },
        WrongShape, "conv2d_2 in damaged.h5: kernel is 3 × 3 × 3 × 0");

    const float infinity = std::numeric_limits<float>::infinity();
    row("NaN in a kernel", value("conv2d_30", "kernel", NAN), Damaged,
        "conv2d_30 in damaged.h5: kernel|not finite");
    row("infinite bias", value("block17_2_conv", "bias", -infinity), Damaged,
        "block17_2_conv in damaged.h5: bias");
    row("NaN in a mean", value("conv_7b_bn", "moving_mean", NAN), Damaged,
        "conv_7b_bn in damaged.h5: moving_mean");
    row("negative variance", value("batch_normalization_4", "moving_variance", -0.1F), Damaged,
        "batch_normalization_4 in damaged.h5: moving_variance|negative");
}

void TestWrongNetworks::rejectsDamagedNetworks()
{
    QFETCH(Damage, damage);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, parts);

    KerasNetwork network = randomNetwork(narrow);
    damage(network);
    writeKerasFile(path("damaged.h5"), network);
    verifyError(path("damaged.h5"), kind, parts);
}

void TestWrongNetworks::rejectsOtherNetworks_data()
{
    QTest::addColumn<std::vector<std::string>>("layers");
    QTest::addColumn<QString>("parts");

    std::vector<std::string> inceptionV3{"conv2d"};
    for (int i = 1; i < 94; ++i)
        inceptionV3.push_back("conv2d_" + std::to_string(i));
    const auto row = [](const char *name, const std::vector<std::string> &layers, const char *parts) {
        QTest::newRow(name) << layers
                            << QString("other.h5 is not an Inception-ResNet-v2|expected 203|") + parts;
    };
    row("VGG", {"block1_conv1", "block1_conv2", "fc1", "predictions"}, "VGG16|block1_conv1|found 0");
    row("Inception-v3", inceptionV3, "Inception-v3|found 94");
    row("ResNet", {"conv1_conv", "conv2_block1_1_conv"}, "ResNet");
    row("Xception", {"block1_conv1", "block2_sepconv1"}, "Xception");
    row("something else", {"conv2d", "dense"}, "neither residual blocks|found 1");
    row("nothing", {}, "neither residual blocks|found 0");
}

void TestWrongNetworks::rejectsOtherNetworks()
{
    QFETCH(std::vector<std::string>, layers);
    QFETCH(QString, parts);

    writeKerasFile(path("other.h5"), namedLayers(layers));
    verifyError(path("other.h5"), ErrorKind::NotAModel, parts);
}

void TestWrongNetworks::rejectsListedButMissing()
{
    const KerasNetwork network = randomNetwork(narrow);
    writeKerasFile(path("gap.h5"), network);
    removeLink(path("gap.h5"), "conv2d_7");
    verifyError(path("gap.h5"), ErrorKind::MissingLayer, "conv2d_7 is listed in gap.h5 but missing");

    writeKerasFile(path("gap.h5"), network);
    removeLink(path("gap.h5"), "conv2d_7/conv2d_7/kernel:0");
    verifyError(path("gap.h5"), ErrorKind::MissingLayer, "conv2d_7/kernel:0 is listed in gap.h5 but missing");
}

/// No more than are nested in sane files, but 4⁹ ways through them.
void TestWrongNetworks::rejectsManyNames()
{
    writeManyNames(path("many.weights.h5"), 9, 4);
    verifyError(path("many.weights.h5"), ErrorKind::Damaged, "many.weights.h5 has more than 100,000 layers");
    writeManyNames(path("few.weights.h5"), 9, 2);
    verifyError(path("few.weights.h5"), ErrorKind::NotAModel, "few.weights.h5 is not an Inception-ResNet-v2");
}

void TestWrongNetworks::rejectsMoreValuesThanAreStored()
{
    writeKerasFile(path("sparse.h5"), randomNetwork(narrow));
    storeOneValue(path("sparse.h5"), "conv_7b/conv_7b/kernel:0");
    verifyError(path("sparse.h5"), ErrorKind::Damaged,
                "conv_7b in sparse.h5: kernel has 4 stored bytes for|values");
}

/// Numbers that are finite each, in the kernel's last column or in the bias alone.
void TestWrongNetworks::rejectsOverflowInFolding()
{
    const std::filesystem::path file = path("folded.h5");
    for (const bool inKernel : {true, false}) {
        KerasNetwork network = randomNetwork(narrow, {.gamma = true});
        KerasLayer &normalization = network.layer("batch_normalization_5");
        network.layer("conv2d_5").weight("kernel").values.back() = inKernel ? 100 : 1;
        normalization.weight("gamma").values.back() = inKernel ? 1e38F : 10;
        normalization.weight("moving_mean").values.back() = inKernel ? 0 : 3e38F;
        writeKerasFile(file, network);
        readAll(file);
        const auto error = errorOf([&] { Network::load(file); });
        QVERIFY(error && error->kind() == ErrorKind::Damaged);
        QVERIFY2(QString(error->what()).startsWith("conv2d_5 in folded.h5 overflows"), error->what());
    }
}

void TestWrongNetworks::rejectsWrongNumbers_data()
{
    QTest::addColumn<FileOptions>("options");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("parts");

    QTest::newRow("integers")
        << FileOptions{.type = NumberType::Integer} << ErrorKind::Unsupported
        << "conv2d in numbers.h5: kernel holds whole numbers of 32 bits; expected floating-point numbers";
    QTest::newRow("nothing stored") << FileOptions{.withoutValues = true} << ErrorKind::Damaged
                                    << "conv2d in numbers.h5: kernel has 0 stored bytes";
}

void TestWrongNetworks::rejectsWrongNumbers()
{
    QFETCH(FileOptions, options);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, parts);

    writeKerasFile(path("numbers.h5"), randomNetwork(narrow), options);
    verifyError(path("numbers.h5"), kind, parts);
}

void TestWrongNetworks::rejectsWrongOwnAttributes_data()
{
    QTest::addColumn<FileOptions>("options");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("parts");

    QTest::newRow("too few names") << FileOptions{.classNames = {"one", "two"}} << ErrorKind::WrongShape
                                   << "reslens_class_names|own.h5|2 entries|7 classes";
    QTest::newRow("too many wnids") << FileOptions{.wnids = std::vector<std::string>(8, "n0")}
                                    << ErrorKind::WrongShape << "reslens_wnids|own.h5|8 entries|7 classes";
    QTest::newRow("tiny input") << FileOptions{.inputSize = 74} << ErrorKind::Damaged
                                << "reslens_input_size|own.h5|74|75";
    QTest::newRow("giant input") << FileOptions{.inputSize = 1'000'000} << ErrorKind::Damaged
                                 << "reslens_input_size|own.h5|1000000";
}

void TestWrongNetworks::rejectsWrongOwnAttributes()
{
    QFETCH(FileOptions, options);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, parts);

    writeKerasFile(path("own.h5"), randomNetwork(narrow), options);
    verifyError(path("own.h5"), kind, parts);
}

QTEST_APPLESS_MAIN(TestWrongNetworks)
#include "test_wrong_networks.moc"
