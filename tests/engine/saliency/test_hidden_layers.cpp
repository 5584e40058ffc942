// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/saliency.h"
#include "tests/support/keras_file_writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace reslens;

/// Explanations of a network whose head has hidden layers.
class TestHiddenLayers : public QObject
{
    Q_OBJECT

private slots:
    void termsAddUpToTheLogit_data();
    void termsAddUpToTheLogit();
};

void TestHiddenLayers::termsAddUpToTheLogit_data()
{
    QTest::addColumn<SaliencyMethod>("method");
    QTest::newRow("direct") << SaliencyMethod::Direct;
    QTest::newRow("class map") << SaliencyMethod::ClassMap;
}

void TestHiddenLayers::termsAddUpToTheLogit()
{
    QFETCH(const SaliencyMethod, method);
    Architecture architecture = Architecture::standard(0.1, 1, 1, 1, 3);
    architecture.head = {{.units = 12, .relu = true}, {.units = 7, .relu = true}, {.units = 3}};
    const QTemporaryDir folder;
    const std::string path = folder.filePath("head.h5").toStdString();
    test::writeKerasFile(path, test::randomNetwork(architecture), {.inputSize = 75});
    Runner runner(Network::load(path), 1);
    QVERIFY(runner.network().description().architecture == architecture);

    Tensor input(Shape{75, 75, 3});
    std::mt19937 random(1);
    std::ranges::generate(input.values(),
                          [&] { return std::uniform_real_distribution<float>(-1, 1)(random); });
    const RunResult run = runner.run(input, {.capture = {"predictions/dense_1", "predictions/dense_2"}});
    for (const auto &[address, tensor] : run.captured) {
        const auto closed = std::ranges::count(tensor->values(), 0.0F);
        QVERIFY2(closed > 0 && closed < tensor->shape().channels, address.c_str());
    }
    for (int index = 0; index < architecture.classes; ++index) {
        const SaliencyResult result = computeSaliency(runner, input, {.method = method, .classIndex = index});
        QVERIFY(std::abs(result.logit - double(run.logits[std::size_t(index)])) < 1e-5);
        QVERIFY2(result.completenessError.value() < 1e-5, std::to_string(*result.completenessError).c_str());
    }
}

QTEST_APPLESS_MAIN(TestHiddenLayers)
#include "test_hidden_layers.moc"
