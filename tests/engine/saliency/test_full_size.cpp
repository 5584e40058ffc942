// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/benchmark.h"
#include "engine/saliency/lesions.h"
#include "engine/saliency/logit_lens.h"
#include "engine/saliency/saliency.h"
#include "tests/support/full_grad.h"
#include "tests/support/golden.h"
#include "tests/support/keras_file_writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <numeric>

using namespace reslens;

/// The identities of the narrow networks' tests on the network as published: all 40 blocks at full width, 299
/// pixels, 1000 classes. Rounding errors grow with both.
class TestFullSize : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void branchesAndBiasAddUpToTheResidual();
    void directTermsAddUpToTheLogit();
    void mapOfADifferenceIsTheDifferenceOfMaps();
    void classMapIsTheLogit();
    void hiResCamAtTheEndIsTheClassMap();
    void fullGradIsComplete();
    void gradientMatchesCentralDifferences();
    void sumsFollowTheirResiduals();
    void blocksThatAreOffPutOutTheirInput();
    void lesionsAreRunsWithLesions();
    void lensEndsWithTheAnswer();

private:
    SaliencyResult ask(const SaliencyRequest &request)
    {
        return computeSaliency(*m_runner, m_input, request);
    }

    std::unique_ptr<Runner> m_runner;
    Tensor m_input = benchmarkInput(299);
};

void TestFullSize::initTestCase()
{
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("full.h5").toStdString();
    test::writeKerasFile(file, test::randomNetwork(Architecture::standard(1, 10, 20, 10, 1000)),
                         {.inputSize = 299});
    m_runner = std::make_unique<Runner>(Network::load(file), 2);
}

void TestFullSize::branchesAndBiasAddUpToTheResidual()
{
    const SaliencyResult result = ask({.branchScores = true, .classIndex = 1});
    QCOMPARE(result.scores.size(), std::size_t(40));
    for (const BlockContribution &block : result.scores) {
        const double sum = std::accumulate(block.branches.begin(), block.branches.end(), block.bias);
        double largest = std::abs(block.bias);
        for (const double branch : block.branches)
            largest = std::max(largest, std::abs(branch));
        QVERIFY2(std::abs(sum - block.total) <= 1e-5 * largest, block.block.c_str());
    }
}

void TestFullSize::directTermsAddUpToTheLogit()
{
    for (const int index : {0, 281, 999}) {
        const double error = ask({.classIndex = index}).completenessError.value();
        QVERIFY2(error <= 1e-4, qPrintable(QString::number(error)));
    }
}

void TestFullSize::mapOfADifferenceIsTheDifferenceOfMaps()
{
    Tensor expected = ask({.classIndex = 3}).map.clone();
    const Tensor second = ask({.classIndex = 700}).map.clone();
    for (std::size_t i = 0; i < expected.values().size(); ++i)
        expected.values()[i] -= second.values()[i];
    QVERIFY(test::relativeError(ask({.classIndex = 3, .versus = 700}).map, expected) < 1e-4);
}

void TestFullSize::classMapIsTheLogit()
{
    QVERIFY(ask({.method = SaliencyMethod::ClassMap, .classIndex = 500}).completenessError.value() < 1e-5);
}

void TestFullSize::hiResCamAtTheEndIsTheClassMap()
{
    const SaliencyResult hiRes = ask({.method = SaliencyMethod::HiResCam, .classIndex = 500});
    Tensor expected = ask({.method = SaliencyMethod::ClassMap, .classIndex = 500}).map.clone();
    for (float &value : expected.values())
        value /= float(expected.shape().positions());
    QVERIFY(test::relativeError(hiRes.map, expected) < 1e-5);
}

void TestFullSize::fullGradIsComplete()
{
    const double error = test::fullGradError(*m_runner, m_input, 123);
    QVERIFY2(error <= 1e-3, qPrintable(QString::number(error)));
}

void TestFullSize::gradientMatchesCentralDifferences()
{
    const RunResult run = m_runner->run(m_input, {.record = true});
    std::vector<float> weights(run.logits.size(), 0.0F);
    weights[281] = 1;
    const auto gradient =
        m_runner->backward(*run.tape, weights, {.capture = {"stem/input"}}).gradients.at("stem/input");
    double square = 0;
    for (const float value : gradient->values())
        square += double(value) * double(value);
    // Along the gradient the change is largest; far enough for float32, near enough that few gates turn.
    const float step = float(1e-2 / std::sqrt(square));
    const auto logitAt = [&](float factor) {
        Tensor moved = m_input.clone();
        for (std::size_t i = 0; i < moved.values().size(); ++i)
            moved.values()[i] += factor * gradient->values()[i];
        return double(m_runner->run(moved).logits[281]);
    };
    const double difference = (logitAt(step) - logitAt(-step)) / (2 * double(step));
    QVERIFY2(std::abs(difference - square) < 1e-2 * square,
             qPrintable(QString("%1 instead of %2").arg(difference).arg(square)));
}

void TestFullSize::sumsFollowTheirResiduals()
{
    for (const std::string block : {"block35_10", "block17_7", "block8_10"}) {
        const RunResult run =
            m_runner->run(m_input, {.capture = {block + "/input", block + "/residual", block + "/sum"}});
        double input = 0;
        double residual = 0;
        double product = 0;
        double sum = 0;
        const std::span<const float> x = run.captured.at(block + "/input")->values();
        const std::span<const float> f = run.captured.at(block + "/residual")->values();
        const std::span<const float> z = run.captured.at(block + "/sum")->values();
        for (std::size_t i = 0; i < x.size(); ++i) {
            input += double(x[i]) * double(x[i]);
            residual += double(f[i]) * double(f[i]);
            product += double(x[i]) * double(f[i]);
            sum += double(z[i]) * double(z[i]);
        }
        QVERIFY2(std::abs(sum - (input + 2 * product + residual)) <= 1e-5 * (input + residual),
                 block.c_str());
    }
}

void TestFullSize::blocksThatAreOffPutOutTheirInput()
{
    for (const std::string block : {"block35_1", "block17_20", "block8_10"}) {
        const RunResult run = m_runner->run(m_input, {.capture = {block + "/input", block + "/output"},
                                                      .lesions = {{.block = block, .residual = 0}}});
        QVERIFY2(std::ranges::equal(run.captured.at(block + "/input")->values(),
                                    run.captured.at(block + "/output")->values()),
                 block.c_str());
    }
}

void TestFullSize::lesionsAreRunsWithLesions()
{
    const auto captured =
        m_runner->run(m_input, {.capture = blockOutputAddresses(m_runner->network().description())}).captured;
    const std::vector<Lesion> lesions{{.block = "block17_10", .residual = 0},
                                      {.block = "block8_5", .branches = {1, 0.5F}}};
    QVERIFY(runLesioned(*m_runner, captured, lesions).logits ==
            m_runner->run(m_input, {.lesions = lesions}).logits);
}

void TestFullSize::lensEndsWithTheAnswer()
{
    const RunResult run =
        m_runner->run(m_input, {.capture = blockOutputAddresses(m_runner->network().description())});
    const std::vector<LensStep> steps = logitLens(*m_runner, run.captured);
    QCOMPARE(steps.size(), std::size_t(11));
    QVERIFY(steps.back().logits == run.logits);
}

QTEST_APPLESS_MAIN(TestFullSize)
#include "test_full_size.moc"
