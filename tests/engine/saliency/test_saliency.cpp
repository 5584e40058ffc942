// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/benchmark.h"
#include "engine/error.h"
#include "engine/plan/plan.h"
#include "engine/prediction.h"
#include "engine/saliency/maps.h"
#include "engine/saliency/saliency.h"
#include "tests/support/full_grad.h"
#include "tests/support/golden.h"

#include <QTest>

#include <cmath>
#include <filesystem>
#include <numeric>
#include <random>

using namespace reslens;

/// The identities that the definitions promise, on a network with several blocks of each kind.
class TestSaliency : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void namesAreTheContract();
    void directTermsAddUpToTheLogit_data();
    void directTermsAddUpToTheLogit();
    void branchesAndBiasAddUpToTheResidual();
    void branchMapsAddUpToTheBlocks();
    void mapOfADifferenceIsTheDifferenceOfMaps_data();
    void mapOfADifferenceIsTheDifferenceOfMaps();
    void compositeKeepsTheSum();
    void withTheStemTheMapLacksOnlyTheBiases();
    void withTheClassMapTheMapIsTheMeanOfBoth();
    void classMapIsTheLogit();
    void hiResCamAtTheEndIsTheClassMap();
    void fullGradIsComplete();
    void pathsAreComplete_data();
    void pathsAreComplete();
    void integratedGradientsFollowTheirDefinition();
    void leaningLessensTheGap();
    void energyAndErasureFollowTheirDefinitions();
    void nothingDividedByNothingIsNothing();
    void occlusionSeesTheFall();
    void resizingKeepsEveryValuesShare();
    void smoothingKeepsEveryValuesShare();
    void progressAndCancel();
    void refusesWrongQuestions();

private:
    SaliencyResult ask(const SaliencyRequest &request)
    {
        return computeSaliency(*m_runner, m_input, request);
    }
    RunResult everything();

    std::unique_ptr<Runner> m_runner;
    Tensor m_input;
};

namespace {

std::filesystem::path golden(const std::string &file)
{
    return std::filesystem::path(RESLENS_TEST_DATA) / "golden" / file;
}

std::filesystem::path embeddedModel()
{
    return std::filesystem::path(RESLENS_TEST_DATA) / "../../resources/models/reslens-tiny202.h5";
}

std::pair<ErrorKind, std::string> failure(const std::function<void()> &call)
{
    try {
        call();
    } catch (const Error &error) {
        return {error.kind(), error.what()};
    }
    return {ErrorKind::NotAModel, "no error"};
}

} // namespace

void TestSaliency::initTestCase()
{
    test::Golden reference = test::readGolden(golden("shuffled.reference.h5"));
    LoadOptions options;
    options.inputSize = reference.input.shape().height;
    m_runner = std::make_unique<Runner>(Network::load(golden("shuffled.h5"), options), 2);
    m_input = std::move(reference.input);
}

RunResult TestSaliency::everything()
{
    const Description &description = m_runner->network().description();
    RunOptions options{.record = true};
    for (const Block &block : description.blocks)
        std::ranges::copy(description.addresses(block), std::back_inserter(options.capture));
    return m_runner->run(m_input, options);
}

void TestSaliency::namesAreTheContract()
{
    for (const char *name : {"direct", "direct-with-stem", "direct-with-cam", "grad-x-residual", "energy",
                             "erasure", "scale-ig", "grad-cam", "hirescam", "cam", "gradient",
                             "input-x-gradient", "integrated-gradients", "smoothgrad", "occlusion"}) {
        const auto method = saliencyMethodNamed(name);
        QVERIFY2(method, name);
        QVERIFY(infoOf(*method).name == name);
        QVERIFY(infoOf(*method).method == *method);
    }
    QCOMPARE(saliencyMethods().size(), std::size_t(15));
    QVERIFY(!saliencyMethodNamed("Direct"));
}

void TestSaliency::directTermsAddUpToTheLogit_data()
{
    QTest::addColumn<int>("classIndex");
    QTest::addColumn<int>("versus");
    QTest::newRow("class 0") << 0 << -1;
    QTest::newRow("class 2") << 2 << -1;
    QTest::newRow("1 and not 2") << 1 << 2;
}

void TestSaliency::directTermsAddUpToTheLogit()
{
    QFETCH(int, classIndex);
    QFETCH(int, versus);
    SaliencyRequest request{.classIndex = classIndex};
    if (versus >= 0)
        request.versus = versus;
    const SaliencyResult result = ask(request);
    double sum = result.stem.value() + result.biases.value();
    double largest = std::max(std::abs(*result.stem), std::abs(*result.biases));
    for (const BlockContribution &block : result.scores) {
        sum += block.total;
        largest = std::max(largest, std::abs(block.total));
    }
    QCOMPARE(result.scores.size(), std::size_t(7));
    QVERIFY(std::abs(sum - result.logit) <= 1e-4 * largest);
    QVERIFY(result.completenessError.value() <= 1e-4);
    // Not a sum of nothing: the blocks do contribute.
    QVERIFY(std::ranges::any_of(result.scores,
                                [&](const auto &block) { return std::abs(block.total) > 1e-3 * largest; }));
}

void TestSaliency::branchesAndBiasAddUpToTheResidual()
{
    const SaliencyResult result = ask({.branchScores = true, .classIndex = 1});
    for (const BlockContribution &block : result.scores) {
        QCOMPARE(block.branches.size(), std::size_t(block.block.starts_with("block35") ? 3 : 2));
        const double sum = std::accumulate(block.branches.begin(), block.branches.end(), block.bias);
        double largest = std::abs(block.bias);
        for (const double branch : block.branches)
            largest = std::max(largest, std::abs(branch));
        QVERIFY2(std::abs(sum - block.total) <= 1e-5 * largest, block.block.c_str());
    }
}

void TestSaliency::branchMapsAddUpToTheBlocks()
{
    for (const char *name : {"block35_1", "block17_2", "block8_1"}) {
        const SaliencyResult whole = ask({.block = name, .branchScores = true, .classIndex = 1});
        const auto score = std::ranges::find(whole.scores, name, &BlockContribution::block);
        for (int branch = 0; branch < int(score->branches.size()); ++branch) {
            const SaliencyResult part = ask({.block = name, .branch = branch, .classIndex = 1});
            QVERIFY(part.map.shape() == whole.map.shape());
            const double sum = score->branches[std::size_t(branch)];
            QVERIFY(std::abs(sumOf(part.map) - sum) <= 1e-5 * std::abs(sum) + 1e-9);
            QCOMPARE(part.scores.size(), whole.scores.size());
        }
        const int none = int(score->branches.size());
        QVERIFY(failure([&] { ask({.block = name, .branch = none}); }).first == ErrorKind::InvalidArgument);
    }
    QVERIFY(failure([&] { ask({.branch = 0}); }).first == ErrorKind::InvalidArgument);
    QVERIFY(failure([&] {
                ask({.method = SaliencyMethod::Energy, .block = "block8_1", .branch = 0});
            }).first == ErrorKind::InvalidArgument);
}

void TestSaliency::mapOfADifferenceIsTheDifferenceOfMaps_data()
{
    QTest::addColumn<QString>("method");
    for (const char *name : {"direct", "grad-x-residual", "hirescam", "cam", "input-x-gradient"})
        QTest::newRow(name) << QString(name);
}

void TestSaliency::mapOfADifferenceIsTheDifferenceOfMaps()
{
    QFETCH(QString, method);
    SaliencyRequest request{.method = saliencyMethodNamed(method.toStdString()).value(), .classIndex = 0};
    Tensor expected = ask(request).map.clone();
    request.classIndex = 2;
    const Tensor second = ask(request).map.clone();
    for (std::size_t i = 0; i < expected.values().size(); ++i)
        expected.values()[i] -= second.values()[i];
    request.classIndex = 0;
    request.versus = 2;
    QVERIFY(test::relativeError(ask(request).map, expected) < 1e-4);
}

void TestSaliency::compositeKeepsTheSum()
{
    const SaliencyResult composite = ask({.classIndex = 1});
    QVERIFY((composite.map.shape() == Shape{96, 96, 1}));
    QVERIFY(composite.block.empty());
    double sum = 0;
    double largest = 0;
    for (const BlockContribution &block : composite.scores) {
        sum += block.total;
        largest = std::max(largest, std::abs(block.total));
        const SaliencyResult alone = ask({.block = block.block, .classIndex = 1});
        QCOMPARE(alone.block, block.block);
        QVERIFY(std::abs(sumOf(alone.map) - block.total) <= 1e-5 * std::abs(block.total) + 1e-9);
    }
    QVERIFY(std::abs(sumOf(composite.map) - sum) <= 1e-4 * largest);
}

void TestSaliency::withTheStemTheMapLacksOnlyTheBiases()
{
    const SaliencyResult result = ask({.method = SaliencyMethod::DirectWithStem, .classIndex = 2});
    const SaliencyResult direct = ask({.classIndex = 2});
    QCOMPARE(result.logit, direct.logit);
    QVERIFY(result.completenessError.value() <= 1e-4);
    QVERIFY(std::abs(sumOf(result.map) + *result.biases - result.logit) <=
            1e-4 * std::max(std::abs(*result.stem), std::abs(*result.biases)));
    QVERIFY(std::abs(sumOf(result.map) - sumOf(direct.map) - *direct.stem) <= 1e-4 * std::abs(*direct.stem));
    // A block's own map has nothing of the stem.
    const Tensor block =
        ask({.method = SaliencyMethod::DirectWithStem, .block = "block17_1", .classIndex = 2}).map;
    QVERIFY(std::ranges::equal(block.values(), ask({.block = "block17_1", .classIndex = 2}).map.values()));
}

void TestSaliency::withTheClassMapTheMapIsTheMeanOfBoth()
{
    LoadOptions options;
    options.inputSize = 139;
    Runner runner(Network::load(golden("shuffled.h5"), options), 2);
    const Tensor input = benchmarkInput(139);
    const auto mapOf = [&](SaliencyMethod method, const std::string &block = {}) {
        return computeSaliency(runner, input, {.method = method, .block = block, .classIndex = 2}).map;
    };
    const Tensor depths = smoothedKeepingSum(mapOf(SaliencyMethod::DirectWithStem), 139 / 24.0);
    Tensor expected = resizedKeepingSum(mapOf(SaliencyMethod::HiResCam), 139);
    const float factor = float(deviationOf(expected) / deviationOf(depths));
    for (std::size_t i = 0; i < expected.values().size(); ++i)
        expected.values()[i] = (expected.values()[i] + factor * depths.values()[i]) / 2;
    QVERIFY(test::relativeError(mapOf(SaliencyMethod::DirectWithClassMap), expected) < 1e-5);
    const Tensor block = mapOf(SaliencyMethod::DirectWithClassMap, "block17_1");
    QVERIFY(std::ranges::equal(block.values(), mapOf(SaliencyMethod::Direct, "block17_1").values()));

    // A small input leaves one place at the end, and nothing to be told apart there.
    const SaliencyResult alone = ask({.method = SaliencyMethod::DirectWithClassMap, .classIndex = 2});
    QVERIFY(alone.completenessError.value() <= 1e-4);
    const Tensor direct = ask({.method = SaliencyMethod::DirectWithStem, .classIndex = 2}).map;
    QVERIFY(test::relativeError(alone.map, smoothedKeepingSum(direct, 96 / 24.0)) < 1e-6);
}

void TestSaliency::classMapIsTheLogit()
{
    for (const int index : {0, 1, 2}) {
        const SaliencyResult result = ask({.method = SaliencyMethod::ClassMap, .classIndex = index});
        QVERIFY(result.completenessError.value() < 1e-5);
        QVERIFY(std::abs(result.logit - double(m_runner->run(m_input).logits[std::size_t(index)])) < 1e-6);
    }
}

void TestSaliency::hiResCamAtTheEndIsTheClassMap()
{
    const SaliencyResult hiRes = ask({.method = SaliencyMethod::HiResCam, .classIndex = 2});
    Tensor expected = ask({.method = SaliencyMethod::ClassMap, .classIndex = 2}).map.clone();
    QCOMPARE(hiRes.block, std::string("conv_7b"));
    for (float &value : expected.values())
        value /= float(expected.shape().positions());
    QVERIFY(test::relativeError(hiRes.map, expected) < 1e-5);
}

void TestSaliency::fullGradIsComplete()
{
    for (const std::size_t index : {std::size_t(0), std::size_t(1)})
        QVERIFY(test::fullGradError(*m_runner, m_input, index) <= 1e-3);
}

void TestSaliency::pathsAreComplete_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<int>("steps");
    QTest::newRow("of the input") << "integrated-gradients" << 64;
    QTest::newRow("of the scales") << "scale-ig" << 64;
}

/// Random networks turn so many gates along a path that no sum of few gradients follows; a trained one does
/// not.
void TestSaliency::pathsAreComplete()
{
    QFETCH(QString, method);
    QFETCH(int, steps);
    const Tensor input = test::readGolden(golden("notop.reference.h5")).input.clone();
    LoadOptions options;
    options.inputSize = input.shape().height;
    Runner runner(Network::load(embeddedModel(), options), 2);
    SaliencyRequest request{.method = saliencyMethodNamed(method.toStdString()).value(), .steps = 1};
    request.classIndex = topK(runner.run(input), 1).front().classIndex;
    const double coarse = computeSaliency(runner, input, request).completenessError.value();
    request.steps = steps;
    const double fine = computeSaliency(runner, input, request).completenessError.value();
    QVERIFY2(fine <= 0.01, qPrintable(QString::number(fine)));
    QVERIFY2(fine < coarse, qPrintable(QString("%1, with fewer steps %2").arg(fine).arg(coarse)));
}

/// That a map adds up does not say that its parts are right: here they are compared with those of the plain
/// midpoint rule on a fine path.
void TestSaliency::integratedGradientsFollowTheirDefinition()
{
    const Tensor input = test::readGolden(golden("notop.reference.h5")).input.clone();
    LoadOptions options;
    options.inputSize = input.shape().height;
    Runner runner(Network::load(embeddedModel(), options), 2);
    const RunResult plain = runner.run(input);
    const int classIndex = topK(plain, 1).front().classIndex;
    std::vector<float> weights(plain.logits.size());
    weights[std::size_t(classIndex)] = 1;

    constexpr int points = 200;
    const std::size_t pixels = std::size_t(input.shape().height) * std::size_t(input.shape().width);
    std::vector<double> expected(pixels);
    for (int point = 0; point < points; ++point) {
        Tensor scaled = input.clone();
        std::ranges::for_each(scaled.values(),
                              [&](float &value) { value *= (float(point) + 0.5F) / points; });
        const RunResult run = runner.run(scaled, {.record = true});
        const BackwardResult back = runner.backward(*run.tape, weights, {.capture = {"stem/input"}});
        const std::span<const float> gradient = back.gradients.at("stem/input")->values();
        for (std::size_t i = 0; i < gradient.size(); ++i)
            expected[i / 3] += double(gradient[i]) * double(input.values()[i]) / points;
    }
    SaliencyRequest request{.method = SaliencyMethod::IntegratedGradients, .steps = 64};
    request.classIndex = classIndex;
    const auto distance = [&] {
        const SaliencyResult result = computeSaliency(runner, input, request);
        double error = 0;
        double norm = 0;
        for (std::size_t i = 0; i < pixels; ++i) {
            error += std::pow(double(result.map.values()[i]) - expected[i], 2);
            norm += std::pow(expected[i], 2);
        }
        return std::sqrt(error / norm);
    };
    const double fine = distance();
    QVERIFY2(fine < 0.03, qPrintable(QString::number(fine)));
    request.steps = 8;
    QVERIFY(fine < distance());
}

/// How far integrated gradients are from adding up, beside the plain trapezoid rule over the same points.
void TestSaliency::leaningLessensTheGap()
{
    const Tensor input = test::readGolden(golden("notop.reference.h5")).input.clone();
    LoadOptions options;
    options.inputSize = input.shape().height;
    Runner runner(Network::load(embeddedModel(), options), 2);
    SaliencyRequest request{.method = SaliencyMethod::IntegratedGradients, .steps = 64};
    request.classIndex = topK(runner.run(input), 1).front().classIndex;
    std::vector<float> weights(runner.network().info().classes.size());
    weights[std::size_t(request.classIndex)] = 1;

    double plain = 0;
    double factor = 0;
    double slope = 0;
    std::vector<double> logits;
    for (int point = 0; point < request.steps; ++point) {
        const double next = std::pow(double(point) / (request.steps - 1), 2);
        Tensor scaled = input.clone();
        std::ranges::for_each(scaled.values(), [next](float &value) { value *= float(next); });
        const RunResult run = runner.run(scaled, {.record = true});
        const BackwardResult back = runner.backward(*run.tape, weights, {.capture = {"stem/input"}});
        const double along = sumOf(contributionMap(input.view(), back.gradients.at("stem/input")->view()));
        plain += (next - factor) * (along + slope) / 2;
        logits.push_back(double(run.logits[std::size_t(request.classIndex)]));
        factor = next;
        slope = along;
    }
    const double change = logits.back() - logits.front();
    const double gap = std::abs(sumOf(computeSaliency(runner, input, request).map) - change);
    QVERIFY2(gap < std::abs(plain - change) / 2,
             qPrintable(QString("%1, without leaning %2").arg(gap).arg(std::abs(plain - change))));
}

void TestSaliency::energyAndErasureFollowTheirDefinitions()
{
    const RunResult run = everything();
    const std::string block = "block17_2";
    const Tensor &input = *run.captured.at(block + "/input");
    const Tensor &residual = *run.captured.at(block + "/residual");
    const Tensor &sum = *run.captured.at(block + "/sum");
    const Tensor energy = ask({.method = SaliencyMethod::Energy, .block = block}).map.clone();
    const Tensor erasure = ask({.method = SaliencyMethod::Erasure, .block = block}).map.clone();
    for (int y = 0; y < input.shape().height; ++y) {
        for (int x = 0; x < input.shape().width; ++x) {
            double before = 0;
            double added = 0;
            double after = 0;
            double product = 0;
            int erased = 0;
            for (int c = 0; c < input.shape().channels; ++c) {
                const double in = double(input.at(y, x, c));
                const double change = double(residual.at(y, x, c));
                before += in * in;
                added += change * change;
                product += in * change;
                after += double(sum.at(y, x, c)) * double(sum.at(y, x, c));
                erased += in > 0 && sum.at(y, x, c) <= 0 ? 1 : 0;
            }
            QVERIFY(std::abs(after - (before + 2 * product + added)) <= 1e-5 * (before + added));
            QVERIFY(std::abs(double(energy.at(y, x, 0)) - std::sqrt(added / before)) < 1e-5);
            QVERIFY(std::abs(double(erasure.at(y, x, 0)) - double(erased) / input.shape().channels) < 1e-6);
        }
    }
    QVERIFY(!ask({.method = SaliencyMethod::Energy}).scores.empty());
}

/// Where a block's input is zero, and where every map is.
void TestSaliency::nothingDividedByNothingIsNothing()
{
    Tensor input({2, 1, 3});
    Tensor residual({2, 1, 3});
    input.at(1, 0, 1) = 2;
    residual.at(0, 0, 0) = residual.at(1, 0, 2) = 3;
    const Tensor energy = energyMap(input.view(), residual.view());
    QCOMPARE(energy.at(0, 0, 0), 0.0F);
    QCOMPARE(energy.at(1, 0, 0), 1.5F);

    LoadOptions options;
    options.inputSize = 139;
    const auto network = Network::load(golden("shuffled.h5"), options);
    const std::size_t weights = network->plan().weightsSize;
    Runner runner(network->withWeights([&](float *values) { std::fill_n(values, weights, 0.0F); }), 1);
    const SaliencyResult result =
        computeSaliency(runner, benchmarkInput(139), {.method = SaliencyMethod::DirectWithClassMap});
    QVERIFY(std::ranges::all_of(result.map.values(), [](float value) { return value == 0; }));
}

void TestSaliency::occlusionSeesTheFall()
{
    const SaliencyResult result = ask({.method = SaliencyMethod::Occlusion, .classIndex = 1});
    QVERIFY((result.map.shape() == Shape{96, 96, 1}));
    // The corner pixel is covered by one patch only: its value is that patch's fall.
    Tensor covered = m_input.clone();
    for (int y = 0; y < 96 / 7; ++y)
        std::fill_n(&covered.at(y, 0, 0), 96 / 7 * 3, 0.0F);
    const double fall = double(m_runner->run(m_input).logits[1]) - double(m_runner->run(covered).logits[1]);
    QVERIFY(std::abs(double(result.map.at(0, 0, 0)) - fall) < 1e-4);
}

void TestSaliency::resizingKeepsEveryValuesShare()
{
    std::mt19937 random(2);
    for (const auto &[height, size] :
         {std::pair(8, 299), std::pair(17, 139), std::pair(1, 75), std::pair(35, 107)}) {
        for (int round = 0; round < 5; ++round) {
            Tensor one({height, height, 1});
            const auto place = std::uniform_int_distribution<std::size_t>(0, one.values().size() - 1)(random);
            one.values()[place] = 3;
            QVERIFY(std::abs(sumOf(resizedKeepingSum(one, size)) - 3) < 1e-4);
        }
    }
}

void TestSaliency::smoothingKeepsEveryValuesShare()
{
    const int size = 21;
    const double deviation = 2.5;
    for (const int place : {0, 1, 10, 20}) {
        Tensor one({size, size, 1});
        one.at(place, 10, 0) = 3;
        const Tensor smooth = smoothedKeepingSum(one, deviation);
        QVERIFY(std::abs(sumOf(smooth) - 3) < 1e-4);
        // A Gaussian, whatever the edges cut off.
        const double ratio = std::exp(-0.5 / (deviation * deviation));
        QVERIFY(std::abs(double(smooth.at(place, 11, 0) / smooth.at(place, 10, 0)) - ratio) < 1e-5);
        const int next = place == size - 1 ? place - 1 : place + 1;
        QVERIFY(std::abs(double(smooth.at(next, 10, 0) / smooth.at(place, 10, 0)) - ratio) < 1e-5);
    }
}

void TestSaliency::progressAndCancel()
{
    std::stop_source source;
    int last = 0;
    const SaliencyRequest request{.method = SaliencyMethod::SmoothGrad,
                                  .steps = 10,
                                  .stop = source.get_token(),
                                  .progress = [&](int done, int total) {
                                      QCOMPARE(total, 10);
                                      QCOMPARE(done, ++last);
                                      if (done == 3)
                                          source.request_stop();
                                  }};
    QVERIFY(failure([&] { ask(request); }).first == ErrorKind::Cancelled);
    QCOMPARE(last, 3);
}

void TestSaliency::refusesWrongQuestions()
{
    const auto wrongClass = failure([&] { ask({.classIndex = 3}); });
    QVERIFY(wrongClass.first == ErrorKind::InvalidArgument);
    QVERIFY2(wrongClass.second.find("0 to 2") != std::string::npos, wrongClass.second.c_str());
    QVERIFY(failure([&] { ask({.classIndex = -1}); }).first == ErrorKind::InvalidArgument);
    QVERIFY(failure([&] { ask({.classIndex = 0, .versus = 9}); }).first == ErrorKind::InvalidArgument);
    QVERIFY(failure([&] { ask({.block = "block35_9"}); }).first == ErrorKind::InvalidArgument);
    QVERIFY(failure([&] { ask({.block = "mixed_6a"}); }).first == ErrorKind::InvalidArgument);
    QVERIFY(failure([&] { ask({.method = SaliencyMethod::Gradient, .block = "stem"}); }).first ==
            ErrorKind::InvalidArgument);
    QVERIFY(failure([&] { ask({.method = SaliencyMethod::GradCam, .block = "predictions"}); }).first ==
            ErrorKind::InvalidArgument);

    LoadOptions options;
    options.inputSize = 139;
    Runner headless(Network::load(golden("notop.h5"), options), 1);
    const Tensor input({139, 139, 3});
    QVERIFY(failure([&] { computeSaliency(headless, input, {}); }).first == ErrorKind::NoTop);
    QVERIFY((computeSaliency(headless, input, {.method = SaliencyMethod::Energy}).map.shape() ==
             Shape{139, 139, 1}));
}

QTEST_APPLESS_MAIN(TestSaliency)
#include "test_saliency.moc"
