// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/network.h"
#include "engine/prediction.h"
#include "engine/runner.h"
#include "tests/support/golden.h"

#include <QTest>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <numeric>
#include <ranges>
#include <span>

using namespace reslens;

namespace {

const std::filesystem::path goldenFolder = std::filesystem::path(RESLENS_TEST_DATA) / "golden";

std::shared_ptr<const Network> loadNetwork(const QString &name, const test::Golden &golden)
{
    LoadOptions options;
    options.inputSize = golden.input.shape().height;
    return Network::load(goldenFolder / (name.toStdString() + ".h5"), options);
}

test::Golden readReference(const QString &name)
{
    return test::readGolden(goldenFolder / (name.toStdString() + ".reference.h5"));
}

std::vector<std::string> addresses(const test::Golden &golden)
{
    const auto keys = golden.tensors | std::views::keys;
    return {keys.begin(), keys.end()};
}

std::vector<int> topFive(std::span<const float> logits)
{
    std::vector<int> classes(logits.size());
    std::iota(classes.begin(), classes.end(), 0);
    std::ranges::stable_sort(classes,
                             [&](int a, int b) { return logits[std::size_t(a)] > logits[std::size_t(b)]; });
    classes.resize(std::min(classes.size(), std::size_t(5)));
    return classes;
}

QByteArray bytes(std::span<const float> values)
{
    return {reinterpret_cast<const char *>(values.data()), qsizetype(values.size_bytes())};
}

} // namespace

class TestGolden : public QObject
{
    Q_OBJECT

private slots:
    void everyTensorMatches_data();
    void everyTensorMatches();
    void topFiveMatches_data() { networks(); }
    void topFiveMatches();
    void runsAreRepeatable_data() { networks(); }
    void runsAreRepeatable();
    void describesEveryTensor();

private:
    static void networks();
};

void TestGolden::networks()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("threads");
    for (const auto &entry : std::filesystem::directory_iterator(goldenFolder)) {
        const QString file = QString::fromStdString(entry.path().filename().string());
        if (!file.endsWith(".reference.h5"))
            continue;
        const QString name = file.section('.', 0, 0);
        for (const int threads : {1, 2})
            QTest::addRow("%s, %d threads", qPrintable(name), threads) << name << threads;
    }
}

void TestGolden::everyTensorMatches_data()
{
    networks();
}

void TestGolden::everyTensorMatches()
{
    QFETCH(const QString, name);
    QFETCH(const int, threads);
    const test::Golden golden = readReference(name);
    Runner runner(loadNetwork(name, golden), threads);
    RunOptions options;
    options.capture = addresses(golden);
    const RunResult result = runner.run(golden.input, options);

    QCOMPARE(result.captured.size(), golden.tensors.size());
    double worst = 0;
    for (const auto &[address, expected] : golden.tensors) {
        const auto captured = result.captured.find(address);
        QVERIFY2(captured != result.captured.end(), address.c_str());
        const double error = test::relativeError(*captured->second, expected);
        QVERIFY2(error <= 1e-4, (address + ": " + std::to_string(error)).c_str());
        worst = std::max(worst, error);
    }
    qInfo("%zu tensors, largest relative error %.1e", golden.tensors.size(), worst);
}

void TestGolden::topFiveMatches()
{
    QFETCH(const QString, name);
    QFETCH(const int, threads);
    const test::Golden golden = readReference(name);
    const auto logits = golden.tensors.find("predictions/logits");
    Runner runner(loadNetwork(name, golden), threads);
    // Nothing is captured: the fused path must agree too.
    const RunResult result = runner.run(golden.input);

    if (logits == golden.tensors.end()) {
        QVERIFY(result.logits.empty());
        QVERIFY(result.probabilities.empty());
        return;
    }
    QCOMPARE(topFive(result.logits), topFive(logits->second.values()));
    Tensor actual(logits->second.shape());
    QCOMPARE(result.logits.size(), actual.values().size());
    std::ranges::copy(result.logits, actual.data());
    QVERIFY(test::relativeError(actual, logits->second) <= 1e-4);
    std::vector<int> predicted;
    for (const Prediction &prediction : topK(result, 5))
        predicted.push_back(prediction.classIndex);
    QCOMPARE(predicted, topFive(logits->second.values()));
}

void TestGolden::runsAreRepeatable()
{
    QFETCH(const QString, name);
    QFETCH(const int, threads);
    const test::Golden golden = readReference(name);
    const auto network = loadNetwork(name, golden);
    RunOptions options;
    options.capture = addresses(golden);
    Runner runner(network, threads);
    const RunResult first = runner.run(golden.input, options);
    const RunResult second = runner.run(golden.input, options);
    const RunResult other = Runner(network, threads).run(golden.input, options);
    for (const auto &[address, tensor] : first.captured) {
        QCOMPARE(bytes(second.captured.at(address)->values()), bytes(tensor->values()));
        QCOMPARE(bytes(other.captured.at(address)->values()), bytes(tensor->values()));
    }
    QCOMPARE(bytes(second.logits), bytes(first.logits));
    QCOMPARE(bytes(other.logits), bytes(first.logits));
}

void TestGolden::describesEveryTensor()
{
    // These two references hold all tensors: an address that only one side knows is a mistake of the other.
    for (const char *name : {"plain", "shuffled"}) {
        const test::Golden golden = readReference(name);
        std::vector<std::string> described;
        const auto network = loadNetwork(name, golden);
        const Description &description = network->description();
        for (const Block &block : description.blocks)
            std::ranges::copy(description.addresses(block), std::back_inserter(described));
        std::ranges::sort(described);
        std::vector<std::string> onOneSide;
        std::ranges::set_symmetric_difference(described, addresses(golden), std::back_inserter(onOneSide));
        QVERIFY2(onOneSide.empty(), onOneSide.empty() ? "" : onOneSide.front().c_str());
    }
}

QTEST_GUILESS_MAIN(TestGolden)
#include "test_golden.moc"
