// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/evaluation/edges.h"
#include "engine/evaluation/map_checks.h"
#include "engine/evaluation/randomize.h"
#include "engine/saliency/maps.h"
#include "tests/support/golden.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <filesystem>

using namespace reslens;

class TestMapChecks : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void randomizingStopsWhereItIsToldTo();
    void randomizingIsNested();
    void partsGoFromTheEndToTheBeginning();
    void edgesFollowSobel();
    void theCascadeFlagsTheEdgeDetector();
    void randomLogitSeesWhetherTheClassMatters();
    void sensitivityIsThatOfTheMap();
    void dropsAreThoseOfWholeRuns();
    void agreementIsOfRanks();
    void progressAndCancel();

private:
    std::unique_ptr<Runner> m_runner;
    Tensor m_picture;
};

namespace {

Tensor edges(Runner &, const Tensor &picture, int)
{
    return edgeMap(picture);
}

bool same(std::span<const float> a, std::span<const float> b)
{
    return std::ranges::equal(a, b);
}

} // namespace

void TestMapChecks::initTestCase()
{
    const std::filesystem::path golden = std::filesystem::path(RESLENS_TEST_DATA) / "golden";
    test::Golden reference = test::readGolden(golden / "shuffled.reference.h5");
    LoadOptions options;
    options.inputSize = reference.input.shape().height;
    m_runner = std::make_unique<Runner>(Network::load(golden / "shuffled.h5", options), 1);
    m_picture = std::move(reference.input);
}

void TestMapChecks::randomizingStopsWhereItIsToldTo()
{
    const Network &network = m_runner->network();
    const std::vector<Block> &blocks = network.description().blocks;
    const int first = int(network.description().findBlock("block17_1") - blocks.data());
    RunOptions options;
    for (const Block &block : blocks) {
        if (block.name != "predictions")
            options.capture.push_back(block.name + "/output");
    }
    const RunResult before = m_runner->run(m_picture, options);
    const RunResult after = Runner(randomizedFrom(network, first, 7), 1).run(m_picture, options);
    for (std::size_t i = 0; i < options.capture.size(); ++i) {
        const std::string &address = options.capture[i];
        QCOMPARE(same(before.captured.at(address)->values(), after.captured.at(address)->values()),
                 int(i) < first);
    }
    QVERIFY(!same(before.logits, after.logits));
    QVERIFY(std::ranges::all_of(after.logits, [](float logit) { return std::isfinite(logit); }));
    QVERIFY(network.withWeights([](float *) {})->weights() != network.weights());
}

void TestMapChecks::randomizingIsNested()
{
    const Network &network = m_runner->network();
    const std::vector<Block> &blocks = network.description().blocks;
    const int first = int(network.description().findBlock("mixed_7a") - blocks.data());
    const int last = int(blocks.size()) - 1;
    const std::string input = blocks[std::size_t(first) - 1].name + "/output";
    const RunResult run = m_runner->run(m_picture, {.capture = {input}});
    const auto onFrom = [&](int from, unsigned seed) {
        Runner runner(randomizedFrom(network, from, seed), 1);
        return runner.runBlocks(*run.captured.at(input), first, last).logits;
    };
    QVERIFY(same(onFrom(first, 7), onFrom(0, 7)));
    QVERIFY(!same(onFrom(first, 7), onFrom(first, 8)));
}

void TestMapChecks::partsGoFromTheEndToTheBeginning()
{
    const std::vector<CascadePart> parts = cascadeParts(m_runner->network().description());
    std::vector<std::string> names;
    for (const CascadePart &part : parts)
        names.push_back(part.name);
    QVERIFY((names == std::vector<std::string>{"predictions", "conv_7b", "block8", "mixed_7a", "block17",
                                               "mixed_6a", "block35", "mixed_5b", "stem"}));
    QCOMPARE(parts.back().firstBlock, 0);
    QVERIFY(std::ranges::is_sorted(parts, std::greater(), &CascadePart::firstBlock));
}

void TestMapChecks::edgesFollowSobel()
{
    Tensor picture({3, 4, 2});
    for (int y = 0; y < 3; ++y) {
        for (int channel = 0; channel < 2; ++channel)
            picture.at(y, 2, channel) = picture.at(y, 3, channel) = float(channel) + 1;
    }
    // A step of the mean, 1.5, between the second and the third column.
    const Tensor map = edgeMap(picture);
    for (int y = 0; y < 3; ++y) {
        QCOMPARE(map.at(y, 0, 0), 0.0F);
        QCOMPARE(map.at(y, 1, 0), 6.0F);
        QCOMPARE(map.at(y, 2, 0), 6.0F);
        QCOMPARE(map.at(y, 3, 0), 0.0F);
    }
}

void TestMapChecks::theCascadeFlagsTheEdgeDetector()
{
    const std::vector<MapMaker> makers{edges, mapMakerOf({.method = SaliencyMethod::Direct}),
                                       mapMakerOf({.method = SaliencyMethod::Energy})};
    const std::vector<CascadePart> parts = cascadeParts(m_runner->network().description());
    const std::vector<CascadeStage> stages = randomizationCascade(*m_runner, makers, parts, m_picture, 1);
    QCOMPARE(stages.size(), std::size_t(9));
    for (const CascadeStage &stage : stages) {
        QVERIFY(std::abs(stage.correlations[0] - 1) < 1e-12);
        QVERIFY(stage.correlations[1] < 1);
    }
    QVERIFY(stages.back().correlations[0] >= dependentBelow);
    QVERIFY2(stages.back().correlations[1] < dependentBelow,
             std::to_string(stages.back().correlations[1]).c_str());
    // What each block changes does not depend on what comes after it.
    QVERIFY(std::abs(stages[1].correlations[2] - 1) < 1e-12);
    QVERIFY(stages[2].correlations[2] < 1);
}

void TestMapChecks::randomLogitSeesWhetherTheClassMatters()
{
    QVERIFY(std::abs(randomLogit(*m_runner, edges, m_picture, 0, 2).mean - 1) < 1e-12);
    // Three positions: the maps of classes 0 and 2 are opposite, that of 1 is constant.
    const auto toy = [](Runner &, const Tensor &, int index) {
        Tensor map({1, 3, 1});
        map.at(0, 0, 0) = float(index) - 1;
        map.at(0, 2, 0) = 1 - float(index);
        return map;
    };
    const int classes = m_runner->network().description().architecture.classes;
    QCOMPARE(classes, 3);
    const Spread spread = randomLogit(*m_runner, toy, m_picture, 0, 100);
    QCOMPARE(spread.count, 2);
    QCOMPARE(spread.mean, -0.5);
}

void TestMapChecks::sensitivityIsThatOfTheMap()
{
    const auto constant = [](Runner &, const Tensor &, int) { return Tensor({2, 2, 1}); };
    QCOMPARE(maxSensitivity(*m_runner, constant, m_picture, 0, 0.1F, 3), 0.0);
    // A map that is the picture changes exactly as much as the picture does.
    const auto picture = [](Runner &, const Tensor &input, int) { return input.clone(); };
    Tensor ones(m_picture.shape());
    std::ranges::fill(ones.values(), 1.0F);
    const double change = maxSensitivity(*m_runner, picture, ones, 0, 0.1F, 3);
    // The noise's standard deviation is 0.1 / √3.
    QVERIFY2(std::abs(change - 0.1 / std::sqrt(3.0)) < 0.002, std::to_string(change).c_str());
    const double twice = maxSensitivity(*m_runner, picture, ones, 0, 0.2F, 3);
    QVERIFY(std::abs(twice - 2 * change) < 1e-4);
}

void TestMapChecks::dropsAreThoseOfWholeRuns()
{
    const std::vector<float> weights{0, 1, -1};
    const std::vector<double> drops = lesionDrops(*m_runner, m_picture, weights);
    const RunResult whole = m_runner->run(m_picture);
    std::size_t next = 0;
    for (const Block &block : m_runner->network().description().blocks) {
        if (!block.residual)
            continue;
        const RunResult without =
            m_runner->run(m_picture, {.lesions = {{.block = block.name, .residual = 0}}});
        const double drop = double(whole.logits[1]) - double(whole.logits[2]) - double(without.logits[1]) +
                            double(without.logits[2]);
        QVERIFY(std::abs(drops[next++] - drop) < 1e-5);
    }
    QCOMPARE(next, drops.size());
    QVERIFY(std::ranges::any_of(drops, [](double drop) { return std::abs(drop) > 1e-3; }));
}

void TestMapChecks::agreementIsOfRanks()
{
    std::vector<BlockContribution> scores;
    for (const double total : {0.5, 3.0, 1.0})
        scores.push_back({{}, total, {}, 0});
    QCOMPARE(lesionAgreement(scores, std::vector<double>{0, 2, 1}, true), 1.0);
    QCOMPARE(lesionAgreement(scores, std::vector<double>{0, -2, -1}, true), -1.0);
    QCOMPARE(lesionAgreement(scores, std::vector<double>{0, -2, 1}, false), 1.0);
}

void TestMapChecks::progressAndCancel()
{
    std::stop_source source;
    std::vector<int> calls;
    CheckOptions options{.stop = source.get_token(), .progress = [&](int done, int count) {
                             QCOMPARE(count, 6);
                             calls.push_back(done);
                             if (done == 3)
                                 source.request_stop();
                         }};
    try {
        maxSensitivity(*m_runner, edges, m_picture, 0, 0.1F, 5, options);
        QFAIL("not cancelled");
    } catch (const Error &error) {
        QVERIFY(error.kind() == ErrorKind::Cancelled);
    }
    QVERIFY((calls == std::vector<int>{1, 2, 3}));
    options.progress = {};
    QVERIFY_EXCEPTION_THROWN(lesionDrops(*m_runner, m_picture, std::vector<float>{1, 0, 0}, options), Error);
    const std::vector<MapMaker> makers{edges};
    const std::vector<CascadePart> parts{{"stem", 0}};
    QVERIFY_EXCEPTION_THROWN(randomizationCascade(*m_runner, makers, parts, m_picture, 0, options), Error);
    QVERIFY_EXCEPTION_THROWN(randomLogit(*m_runner, edges, m_picture, 0, 2, options), Error);
}

QTEST_APPLESS_MAIN(TestMapChecks)
#include "test_map_checks.moc"
