// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/plan/plan.h"
#include "engine/prediction.h"
#include "engine/runner.h"
#include "tests/support/golden.h"
#include "tests/support/keras_file_writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace reslens;

/// What a run that should fail says, with the kind of its error.
static std::pair<ErrorKind, std::string> failure(const std::function<void()> &run)
{
    try {
        run();
    } catch (const Error &error) {
        return {error.kind(), error.what()};
    }
    return {ErrorKind::NotAModel, "no error"};
}

static Tensor randomInput(int size, unsigned seed)
{
    Tensor input({size, size, 3});
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> values(-1, 1);
    std::ranges::generate(input.values(), [&] { return values(random); });
    return input;
}

static std::vector<std::string> everyAddressFrom(const Description &description, int first)
{
    std::vector<std::string> addresses;
    for (std::size_t i = std::size_t(first); i < description.blocks.size(); ++i)
        std::ranges::copy(description.addresses(description.blocks[i]), std::back_inserter(addresses));
    return addresses;
}

class TestRunner : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void capturedTensorsFulfilTheDefinitions();
    void captureDoesNotChangeTheAnswer();
    void concatenationsHoldTheirBranches();
    void blocksAreReportedInOrder();
    void sameThreadCountSameBits();
    void threadCountsAgree();
    void stopsBeforeTheFirstNode();
    void stopsInTheMiddleAndRunsAgain();
    void blocksRunOnTheirOwn();
    void lesionedBlockPassesItsInputOn();
    void lesionsFollowTheDefinition();
    void refusesWrongBlocksAndLesions();
    void refusesWrongInput();
    void overflowIsNoAnswer();
    void overflowIsNoFeatureMap();
    void oneValueThatIsNotFiniteIsFound();
    void topKIsSorted();
    void loadingCanBeCancelled();
    void inputSizeCanBeChosen();

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_file;
    std::shared_ptr<const Network> m_network;
};

void TestRunner::initTestCase()
{
    m_file = m_folder.filePath("narrow.h5").toStdString();
    test::writeKerasFile(m_file, test::randomNetwork(Architecture::standard(0.25, 2, 2, 2, 20)),
                         {.inputSize = 107});
    m_network = Network::load(m_file);
    QCOMPARE(m_network->inputSize(), 107);
}

void TestRunner::capturedTensorsFulfilTheDefinitions()
{
    Runner runner(m_network, 2);
    const RunResult result =
        runner.run(randomInput(107, 1), {.capture = everyAddressFrom(m_network->description(), 0)});
    int residualBlocks = 0;
    for (const Block &block : m_network->description().blocks) {
        if (!block.residual)
            continue;
        ++residualBlocks;
        const auto tensor = [&](const char *name) -> const Tensor & {
            return *result.captured.at(block.name + "/" + name);
        };
        Tensor sum(tensor("input").shape());
        std::ranges::transform(tensor("input").values(), tensor("residual").values(), sum.values().begin(),
                               std::plus());
        QVERIFY(std::ranges::equal(sum.values(), tensor("sum").values()));
        const bool last = block.name == "block8_2";
        std::ranges::for_each(sum.values(),
                              [&](float &value) { value = last ? value : std::max(value, 0.0F); });
        QVERIFY(std::ranges::equal(sum.values(), tensor("output").values()));
    }
    QCOMPARE(residualBlocks, 6);
    QVERIFY(std::ranges::equal(result.captured.at("predictions/logits")->values(), result.logits));
    QVERIFY(
        std::ranges::equal(result.captured.at("predictions/probabilities")->values(), result.probabilities));
}

void TestRunner::captureDoesNotChangeTheAnswer()
{
    Runner runner(m_network, 2);
    const Tensor input = randomInput(107, 2);
    const RunResult plain = runner.run(input, {.capture = {"block8_2/output"}});
    const RunResult everything =
        runner.run(input, {.capture = everyAddressFrom(m_network->description(), 0)});
    QVERIFY(test::relativeError(*everything.captured.at("block8_2/output"),
                                *plain.captured.at("block8_2/output")) < 1e-5);
    QCOMPARE(topK(everything, 1).front().classIndex, topK(plain, 1).front().classIndex);
}

void TestRunner::concatenationsHoldTheirBranches()
{
    Runner runner(m_network, 1);
    const RunResult result =
        runner.run(randomInput(107, 3), {.capture = everyAddressFrom(m_network->description(), 0)});
    const Description &description = m_network->description();
    for (const Node &node : description.nodes) {
        if (node.operation != Operation::Concatenation)
            continue;
        const Tensor &whole = *result.captured.at(node.address());
        int offset = 0;
        for (const int input : node.inputs) {
            const Tensor &part = *result.captured.at(description.nodes[std::size_t(input)].address());
            for (int y = 0; y < part.shape().height; ++y) {
                for (int x = 0; x < part.shape().width; ++x) {
                    for (int c = 0; c < part.shape().channels; ++c)
                        QCOMPARE(whole.at(y, x, offset + c), part.at(y, x, c));
                }
            }
            offset += part.shape().channels;
        }
        QCOMPARE(offset, whole.shape().channels);
    }
}

void TestRunner::blocksAreReportedInOrder()
{
    Runner runner(m_network, 2);
    std::vector<std::string> names;
    std::map<std::string, Tensor> outputs;
    RunOptions options;
    for (const Block &block : m_network->description().blocks) {
        if (block.name != "predictions")
            options.capture.push_back(block.name + "/output");
    }
    options.blockFinished = [&](const BlockReport &report) {
        QCOMPARE(report.index, int(names.size()));
        QCOMPARE(report.count, int(m_network->description().blocks.size()));
        names.push_back(report.block->name);
        outputs.emplace(report.block->name, Tensor(report.output));
    };
    const RunResult result = runner.run(randomInput(107, 4), options);
    QCOMPARE(names.size(), m_network->description().blocks.size());
    for (const auto &[address, tensor] : result.captured)
        QVERIFY(
            std::ranges::equal(tensor->values(), outputs.at(address.substr(0, address.find('/'))).values()));
}

void TestRunner::sameThreadCountSameBits()
{
    for (const int threads : {1, 2, 3}) {
        Runner first(m_network, threads);
        Runner second(m_network, threads);
        const Tensor input = randomInput(107, 5);
        const RunResult a = first.run(input);
        const RunResult b = first.run(input);
        const RunResult c = second.run(input);
        QVERIFY(a.logits == b.logits);
        QVERIFY(a.logits == c.logits);
    }
}

void TestRunner::threadCountsAgree()
{
    const Tensor input = randomInput(107, 6);
    const RunResult one = Runner(m_network, 1).run(input);
    for (const int threads : {2, 3, 7}) {
        const RunResult many = Runner(m_network, threads).run(input);
        for (std::size_t i = 0; i < one.logits.size(); ++i)
            QVERIFY(std::abs(one.logits[i] - many.logits[i]) < 1e-4F * (1 + std::abs(one.logits[i])));
    }
}

void TestRunner::stopsBeforeTheFirstNode()
{
    std::stop_source source;
    source.request_stop();
    Runner runner(m_network, 2);
    int blocks = 0;
    const auto [kind, message] = failure([&] {
        runner.run(randomInput(107, 7), {.capture = {},
                                         .stop = source.get_token(),
                                         .blockFinished = [&](const BlockReport &) { ++blocks; }});
    });
    QVERIFY(kind == ErrorKind::Cancelled);
    QCOMPARE(blocks, 0);
}

void TestRunner::stopsInTheMiddleAndRunsAgain()
{
    Runner runner(m_network, 2);
    const Tensor input = randomInput(107, 8);
    const RunResult before = runner.run(input);
    std::stop_source source;
    RunOptions options;
    options.stop = source.get_token();
    int blocks = 0;
    options.blockFinished = [&](const BlockReport &report) {
        ++blocks;
        if (report.block->name == "block17_1")
            source.request_stop();
    };
    QVERIFY(failure([&] { runner.run(input, options); }).first == ErrorKind::Cancelled);
    QCOMPARE(blocks, 6);
    QVERIFY(runner.run(input).logits == before.logits);
}

void TestRunner::blocksRunOnTheirOwn()
{
    Runner runner(m_network, 2);
    const Description &description = m_network->description();
    const RunResult whole = runner.run(randomInput(107, 11), {.capture = everyAddressFrom(description, 0)});
    const int last = int(description.blocks.size()) - 1;
    for (int i = 1; i <= last; ++i) {
        const Block &block = description.blocks[std::size_t(i)];
        const Block &previous = description.blocks[std::size_t(i - 1)];
        const Tensor &input = *whole.captured.at(previous.name + "/output");
        const RunResult alone = runner.runBlocks(input, i, i, {.capture = description.addresses(block)});
        QCOMPARE(alone.captured.size(), description.addresses(block).size());
        for (const auto &[address, tensor] : alone.captured)
            QVERIFY2(std::ranges::equal(tensor->values(), whole.captured.at(address)->values()),
                     address.c_str());
        // The same captures take the same path, so even the last bit agrees.
        const RunResult rest =
            runner.runBlocks(input, i, last, {.capture = everyAddressFrom(description, i)});
        QVERIFY(rest.logits == whole.logits);
    }
}

void TestRunner::lesionedBlockPassesItsInputOn()
{
    Runner runner(m_network, 2);
    for (const std::string name : {"block35_1", "block17_2", "block8_1", "block8_2"}) {
        const RunResult result =
            runner.run(randomInput(107, 12), {.capture = {name + "/input", name + "/output"},
                                              .lesions = {{.block = name, .residual = 0}}});
        QVERIFY2(std::ranges::equal(result.captured.at(name + "/input")->values(),
                                    result.captured.at(name + "/output")->values()),
                 name.c_str());
    }
}

void TestRunner::lesionsFollowTheDefinition()
{
    Runner runner(m_network, 2);
    const Tensor input = randomInput(107, 13);
    const std::string block = "block17_1";
    const auto residual = [&](const Lesion &lesion) {
        return runner.run(input, {.capture = {block + "/residual"}, .lesions = {lesion}})
            .captured.at(block + "/residual");
    };
    const auto whole = residual({.block = block});
    const auto doubled = residual({.block = block, .residual = 2});
    const auto first = residual({.block = block, .branches = {1, 0}});
    const auto second = residual({.block = block, .branches = {0, 1}});
    const auto neither = residual({.block = block, .branches = {0, 0}});
    Tensor twice = whole->clone();
    Tensor sum = first->clone();
    for (std::size_t i = 0; i < twice.values().size(); ++i) {
        twice.values()[i] *= 2;
        sum.values()[i] += second->values()[i] - neither->values()[i];
    }
    QVERIFY(test::relativeError(*doubled, twice) < 1e-6);
    QVERIFY(test::relativeError(sum, *whole) < 1e-5);
    QVERIFY(test::relativeError(*first, *whole) > 1e-2);
    // What is left without any branch is the bias, the same everywhere.
    QCOMPARE(neither->at(0, 0, 3), neither->at(1, 1, 3));
    QVERIFY(runner.run(input).logits == runner.run(input).logits);
}

void TestRunner::refusesWrongBlocksAndLesions()
{
    Runner runner(m_network, 1);
    const Tensor input = randomInput(107, 14);
    const int last = int(m_network->description().blocks.size()) - 1;
    const auto kindOf = [&](const auto &call) { return failure(call).first; };
    QVERIFY(kindOf([&] { runner.runBlocks(input, -1, 0); }) == ErrorKind::InvalidArgument);
    QVERIFY(kindOf([&] { runner.runBlocks(input, 0, last + 1); }) == ErrorKind::InvalidArgument);
    QVERIFY(kindOf([&] { runner.runBlocks(input, 2, 1); }) == ErrorKind::InvalidArgument);
    QVERIFY(kindOf([&] { runner.runBlocks(input, 1, 1); }) == ErrorKind::InvalidArgument);
    QVERIFY(kindOf([&] { runner.runBlocks(input, 0, 0, {.capture = {"mixed_5b/output"}}); }) ==
            ErrorKind::InvalidArgument);
    QVERIFY(kindOf([&] { runner.run(input, {.lesions = {{.block = "mixed_5b"}}}); }) ==
            ErrorKind::InvalidArgument);
    QVERIFY(kindOf([&] {
                runner.run(input, {.lesions = {{.block = "block35_1", .branches = {1, 1}}}});
            }) == ErrorKind::InvalidArgument);
}

void TestRunner::refusesWrongInput()
{
    Runner runner(m_network, 1);
    const auto wrongShape = failure([&] { runner.run(randomInput(106, 9)); });
    QVERIFY(wrongShape.first == ErrorKind::InvalidArgument);
    QVERIFY2(wrongShape.second.find("106 × 106 × 3") != std::string::npos, wrongShape.second.c_str());
    QVERIFY2(wrongShape.second.find("107 × 107 × 3") != std::string::npos, wrongShape.second.c_str());
    const auto wrongAddress =
        failure([&] { runner.run(randomInput(107, 9), {.capture = {"block35_9/sum"}}); });
    QVERIFY(wrongAddress.first == ErrorKind::InvalidArgument);
    QVERIFY2(wrongAddress.second.find("block35_9/sum") != std::string::npos, wrongAddress.second.c_str());
}

/// The network with biases near the greatest number, whose sums overflow.
static std::shared_ptr<const Network> withHugeBiases(const Network &network)
{
    return network.withWeights([&](float *weights) {
        for (const Step &step : network.plan().steps)
            if (const auto *convolution = std::get_if<ConvolutionStep>(&step.work))
                std::fill_n(weights + convolution->bias, convolution->window.out.channels, 3e38F);
    });
}

void TestRunner::overflowIsNoAnswer()
{
    Runner runner(withHugeBiases(*m_network), 1);
    const auto overflow = failure([&] { runner.run(randomInput(107, 9)); });
    QVERIFY(overflow.first == ErrorKind::Damaged);
    QVERIFY2(overflow.second.find("narrow.h5 overflow") != std::string::npos, overflow.second.c_str());
    QVERIFY2(overflow.second.find("predictions/logits") != std::string::npos, overflow.second.c_str());
    const auto inside = failure([&] { runner.run(randomInput(107, 9), {.capture = {"mixed_5b/output"}}); });
    QVERIFY(inside.first == ErrorKind::Damaged);
    QVERIFY2(inside.second.find("mixed_5b/output") != std::string::npos, inside.second.c_str());
}

void TestRunner::overflowIsNoFeatureMap()
{
    const std::filesystem::path file = m_folder.filePath("notop.h5").toStdString();
    test::writeKerasFile(file, test::randomNetwork(Architecture::standard(0.05, 1, 1, 1, 0)),
                         {.inputSize = 75});
    Runner runner(withHugeBiases(*Network::load(file)), 1);
    const auto overflow = failure([&] { runner.run(randomInput(75, 9)); });
    QVERIFY(overflow.first == ErrorKind::Damaged);
    QVERIFY2(overflow.second.find("conv_7b/output") != std::string::npos, overflow.second.c_str());
}

void TestRunner::oneValueThatIsNotFiniteIsFound()
{
    Runner runner(m_network, 2);
    std::mt19937 random(10);
    for (int round = 0; round < 10; ++round) {
        Tensor input = randomInput(107, 9);
        const auto place = std::uniform_int_distribution<std::size_t>(0, input.values().size() - 1)(random);
        input.values()[place] = NAN;
        const auto found = failure([&] { runner.runBlocks(input, 0, 0, {.capture = {"stem/input"}}); });
        QVERIFY(found.first == ErrorKind::Damaged);
        QVERIFY2(found.second.find("stem/input is not finite") != std::string::npos, found.second.c_str());
    }
}

void TestRunner::topKIsSorted()
{
    RunResult result;
    result.logits = {1, 5, 3, 5, -2};
    result.probabilities = {0.1F, 0.4F, 0.09F, 0.4F, 0.01F};
    const std::vector<Prediction> top = topK(result, 3);
    QCOMPARE(top.size(), std::size_t(3));
    QCOMPARE(top[0].classIndex, 1);
    QCOMPARE(top[1].classIndex, 3);
    QCOMPARE(top[2].classIndex, 2);
    QCOMPARE(top[2].logit, 3.0F);
    QCOMPARE(topK(result, 99).size(), std::size_t(5));
    QVERIFY(topK({}, 5).empty());
}

void TestRunner::loadingCanBeCancelled()
{
    std::stop_source source;
    int calls = 0;
    LoadOptions options;
    options.stop = source.get_token();
    options.progress = [&](int done, int total) {
        QVERIFY(done >= 1 && done <= total);
        if (++calls == 10)
            source.request_stop();
    };
    QVERIFY(failure([&] { Network::load(m_file, options); }).first == ErrorKind::Cancelled);
    QCOMPARE(calls, 10);
}

void TestRunner::inputSizeCanBeChosen()
{
    LoadOptions options;
    options.inputSize = 150;
    const auto network = Network::load(m_file, options);
    QCOMPARE(network->inputSize(), 150);
    QCOMPARE(Runner(network, 1).run(randomInput(150, 10)).logits.size(), std::size_t(20));
    options.inputSize = 30;
    const auto tooSmall = failure([&] { Network::load(m_file, options); });
    QVERIFY(tooSmall.first == ErrorKind::InvalidArgument);
    QVERIFY2(tooSmall.second.find("30 × 30") != std::string::npos, tooSmall.second.c_str());
}

QTEST_APPLESS_MAIN(TestRunner)
#include "test_runner.moc"
