// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/runner.h"
#include "tests/support/golden.h"
#include "tests/support/keras_file_writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <memory>
#include <utility>

using namespace reslens;

namespace {

std::filesystem::path golden(const std::string &file)
{
    return std::filesystem::path(RESLENS_TEST_DATA) / "golden" / file;
}

std::vector<std::string> keys(const std::map<std::string, Tensor> &tensors)
{
    std::vector<std::string> result;
    for (const auto &[address, tensor] : tensors)
        result.push_back(address);
    return result;
}

/// A golden network that has run over a picture, ready to go back.
struct Recorded
{
    test::Golden reference;
    Runner runner;
    RunResult run;

    Recorded(const std::string &name, test::Golden picture, int threads)
        : reference(std::move(picture)), runner(load(name, reference.input.shape().height), threads),
          run(runner.run(reference.input, {.record = true}))
    {
    }

    explicit Recorded(const std::string &name, int threads = 2)
        : Recorded(name, test::readGolden(golden(name + ".reference.h5")), threads)
    {
    }

    BackwardResult backward(std::span<const float> logitWeights, const BackwardOptions &options)
    {
        return runner.backward(*run.tape, logitWeights, options);
    }

private:
    static std::shared_ptr<const Network> load(const std::string &name, int inputSize)
    {
        LoadOptions options;
        options.inputSize = inputSize;
        return Network::load(golden(name + ".h5"), options);
    }
};

double inner(const Tensor &a, const Tensor &b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.values().size(); ++i)
        sum += double(a.values()[i]) * double(b.values()[i]);
    return sum;
}

} // namespace

class TestBackward : public QObject
{
    Q_OBJECT

private slots:
    void matchesAutograd_data();
    void matchesAutograd();
    void matchesCentralDifferences_data();
    void matchesCentralDifferences();
    void isLinearInTheLogits();
    void visitsSeeWhatIsKept();
    void reportsBlocksBackwards();
    void stopsInTheMiddleAndRunsAgain();
    void refusesWhatHasNoGradient();
    void refusesATapeThatDoesNotReachBack();
};

void TestBackward::matchesAutograd_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("group");
    QTest::addColumn<int>("threads");
    const std::vector<std::pair<QString, QStringList>> groups{
        {"plain", {"full", "direct"}},
        {"shuffled", {"full", "direct"}},
        {"wide", {"full", "direct"}},
        {"deep", {"class_0", "class_3", "class_6"}},
    };
    for (const auto &[name, ofNetwork] : groups) {
        for (const QString &group : ofNetwork) {
            for (const int threads : {1, 2})
                QTest::addRow("%s, %s, %d threads", qPrintable(name), qPrintable(group), threads)
                    << name << group << threads;
        }
    }
}

void TestBackward::matchesAutograd()
{
    QFETCH(QString, name);
    QFETCH(QString, group);
    QFETCH(int, threads);
    Recorded recorded(name.toStdString(),
                      test::readGradients(golden(name.toStdString() + ".gradients.h5"), group.toStdString()),
                      threads);
    const std::map<std::string, Tensor> &expected = recorded.reference.tensors;
    QVERIFY(expected.size() > 2);
    std::vector<float> weights(recorded.run.logits.size(), 0.0F);
    if (group.startsWith("class_")) {
        weights.at(group.mid(6).toUInt()) = 1;
    } else {
        weights[1] = 1;
        weights[2] = -1;
    }
    const BackwardResult result =
        recorded.backward(weights, {.capture = keys(expected), .throughResiduals = group != "direct"});
    QCOMPARE(result.gradients.size(), expected.size());
    for (const auto &[address, gradient] : expected) {
        const double error = test::relativeError(*result.gradients.at(address), gradient);
        QVERIFY2(error < 1e-3, qPrintable(QString("%1: %2").arg(QString::fromStdString(address)).arg(error)));
    }
}

void TestBackward::matchesCentralDifferences_data()
{
    QTest::addColumn<float>("factor"); // of each block's last branch
    QTest::newRow("whole") << 1.0F;
    QTest::newRow("a branch turned down") << 0.5F;
}

void TestBackward::matchesCentralDifferences()
{
    QFETCH(float, factor);
    Recorded recorded("plain");
    std::vector<Lesion> lesions;
    for (const Block &block : recorded.runner.network().description().blocks) {
        if (!block.residual || factor == 1)
            continue;
        lesions.push_back({.block = block.name, .branches = {1, factor}});
        if (block.name.starts_with("block35"))
            lesions.back().branches.insert(lesions.back().branches.begin(), 1.0F);
    }
    recorded.run = recorded.runner.run(recorded.reference.input, {.lesions = lesions, .record = true});
    for (const std::size_t index : {std::size_t(0), std::size_t(7)}) {
        std::vector<float> weights(recorded.run.logits.size(), 0.0F);
        weights[index] = 1;
        const auto gradient =
            recorded.backward(weights, {.capture = {"stem/input"}}).gradients.at("stem/input");
        // Along the gradient itself the change is largest, and over so short a way hardly a gate turns.
        const double norm = std::sqrt(inner(*gradient, *gradient));
        const float step = float(3e-5 / norm);
        const auto logitAt = [&](float way) {
            Tensor moved = recorded.reference.input.clone();
            for (std::size_t i = 0; i < moved.values().size(); ++i)
                moved.values()[i] += way * gradient->values()[i];
            return double(recorded.runner.run(moved, {.lesions = lesions}).logits[index]);
        };
        const double difference = (logitAt(step) - logitAt(-step)) / (2 * double(step));
        QVERIFY2(std::abs(difference - norm * norm) < 1e-2 * norm * norm,
                 qPrintable(QString("%1 instead of %2").arg(difference).arg(norm * norm)));
    }
}

void TestBackward::isLinearInTheLogits()
{
    Recorded recorded("shuffled");
    const auto gradient = [&](std::vector<float> weights) {
        return recorded.backward(weights, {.capture = {"mixed_5b/output"}}).gradients.at("mixed_5b/output");
    };
    const auto first = gradient({1, 0, 0});
    const auto second = gradient({0, 0, 1});
    const auto difference = gradient({1, 0, -1});
    Tensor expected = first->clone();
    for (std::size_t i = 0; i < expected.values().size(); ++i)
        expected.values()[i] -= second->values()[i];
    QVERIFY(test::relativeError(*difference, expected) < 1e-5);
}

void TestBackward::visitsSeeWhatIsKept()
{
    Recorded recorded("plain");
    std::vector<float> weights(recorded.run.logits.size(), 0.0F);
    weights[1] = 1;
    // A block's output and input, a sum, the residual that the addition takes apart, a concatenation, the
    // head.
    BackwardOptions both{.capture = {"block35_1/input", "block35_1/output", "block17_1/sum",
                                     "block17_1/residual", "block17_1/mixed", "conv_7b/output",
                                     "predictions/pool"}};
    std::map<std::string, Tensor> seen;
    for (const std::string &address : both.capture)
        both.visits.push_back({address, [&seen, address](const TensorView &gradient) {
                                   QVERIFY(seen.emplace(address, Tensor(gradient)).second);
                               }});
    const auto kept = recorded.backward(weights, both).gradients;
    QCOMPARE(seen.size(), both.capture.size());
    for (const auto &[address, gradient] : kept)
        QVERIFY2(std::ranges::equal(gradient->values(), seen.at(address).values()), address.c_str());
    // The pass goes as far as the earliest visit, and keeps nothing that is not asked for.
    seen.clear();
    both.capture.clear();
    QVERIFY(recorded.backward(weights, both).gradients.empty());
    for (const auto &[address, gradient] : kept)
        QVERIFY2(std::ranges::equal(gradient->values(), seen.at(address).values()), address.c_str());
}

void TestBackward::reportsBlocksBackwards()
{
    Recorded recorded("plain");
    std::vector<int> blocks;
    std::vector<float> weights(recorded.run.logits.size(), 1.0F);
    recorded.backward(
        weights, {.capture = {"stem/input"}, .blockFinished = [&](int block) { blocks.push_back(block); }});
    std::vector<int> expected;
    for (int i = int(recorded.runner.network().description().blocks.size()) - 1; i >= 0; --i)
        expected.push_back(i);
    QVERIFY(blocks == expected);
}

void TestBackward::stopsInTheMiddleAndRunsAgain()
{
    Recorded recorded("plain");
    const std::vector<float> weights(recorded.run.logits.size(), 1.0F);
    const auto before = recorded.backward(weights, {.capture = {"stem/input"}}).gradients.at("stem/input");
    std::stop_source source;
    BackwardOptions options{.capture = {"stem/input"}, .stop = source.get_token()};
    options.blockFinished = [&](int) { source.request_stop(); };
    try {
        recorded.backward(weights, options);
        QFAIL("it was not stopped");
    } catch (const Error &error) {
        QVERIFY(error.kind() == ErrorKind::Cancelled);
    }
    const auto after = recorded.backward(weights, {.capture = {"stem/input"}}).gradients.at("stem/input");
    QVERIFY(std::ranges::equal(before->values(), after->values()));
}

void TestBackward::refusesWhatHasNoGradient()
{
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("notop.h5").toStdString();
    test::writeKerasFile(file, test::randomNetwork(Architecture::standard(0.05, 1, 1, 1, 0)),
                         {.inputSize = 75});
    Runner headless(Network::load(file), 1);
    const RunResult run = headless.run(Tensor({75, 75, 3}), {.record = true});
    QVERIFY_EXCEPTION_THROWN(headless.backward(*run.tape, {}), Error);

    Recorded recorded("plain", 1);
    const std::vector<float> weights(recorded.run.logits.size(), 1.0F);
    QVERIFY_EXCEPTION_THROWN(recorded.backward(std::span(weights).first(3), {}), Error);
    QVERIFY_EXCEPTION_THROWN(recorded.backward(weights, {.capture = {"predictions/probabilities"}}), Error);
    QVERIFY_EXCEPTION_THROWN(recorded.backward(weights, {.capture = {"nowhere/sum"}}), Error);
    // What only the residual branches lead to.
    QVERIFY(!recorded.backward(weights, {.capture = {"block17_1/branch_0"}}).gradients.empty());
    QVERIFY_EXCEPTION_THROWN(
        recorded.backward(weights, {.capture = {"block17_1/branch_0"}, .throughResiduals = false}), Error);
    const GradientVisit visit{"block17_1/branch_0", [](const TensorView &) {}};
    recorded.backward(weights, {.visits = {visit}});
    QVERIFY_EXCEPTION_THROWN(recorded.backward(weights, {.visits = {visit}, .throughResiduals = false}),
                             Error);
}

void TestBackward::refusesATapeThatDoesNotReachBack()
{
    Recorded recorded("shuffled", 1);
    const Description &description = recorded.runner.network().description();
    const std::vector<float> weights(recorded.run.logits.size(), 1.0F);
    const auto recordedFrom = [&](const std::string &block) {
        const int first = int(description.findBlock(block) - description.blocks.data());
        const std::string input = block + "/input";
        const RunResult whole = recorded.runner.run(recorded.reference.input, {.capture = {input}});
        return recorded.runner.runBlocks(*whole.captured.at(input), first, int(description.blocks.size()) - 1,
                                         {.record = true});
    };
    const auto refusal = [&](const RunResult &run, const std::string &address) -> std::string {
        try {
            recorded.runner.backward(*run.tape, weights, {.capture = {address}});
        } catch (const Error &error) {
            return error.kind() == ErrorKind::InvalidArgument ? error.what() : "another kind of error";
        }
        return "";
    };
    const std::string sentence = "the tape does not reach back to the tensors asked for";
    // As far as the run began, and one block further: into a ReLU, and into a max-pooling.
    const RunResult fromAddition = recordedFrom("block17_2");
    QCOMPARE(refusal(fromAddition, "block17_1/output"), "");
    QCOMPARE(refusal(fromAddition, "block17_1/input"), sentence);
    const RunResult fromPooling = recordedFrom("block8_1");
    QCOMPARE(refusal(fromPooling, "mixed_7a/output"), "");
    QCOMPARE(refusal(fromPooling, "block17_3/output"), sentence);

    LoadOptions options;
    options.inputSize = recorded.reference.input.shape().height + 32;
    Runner larger(Network::load(golden("shuffled.h5"), options), 1);
    const RunResult other = larger.run(Tensor({options.inputSize, options.inputSize, 3}), {.record = true});
    QCOMPARE(refusal(other, "stem/input"), sentence);
}

QTEST_APPLESS_MAIN(TestBackward)
#include "test_backward.moc"
