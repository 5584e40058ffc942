// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/arena.h"
#include "engine/plan/plan.h"

#include <QTest>

#include <random>

using namespace reslens;

class TestPlan : public QObject
{
    Q_OBJECT

private slots:
    void arenaNeverOverlaps();
    void everyNodeIsComputedInOrder();
    void largerInputsNeedLargerArenas();
    void siblingsShareOneGemm();
};

void TestPlan::arenaNeverOverlaps()
{
    std::mt19937 random(1);
    const auto between = [&](int least, int most) {
        return std::uniform_int_distribution(least, most)(random);
    };
    for (int round = 0; round < 200; ++round) {
        std::vector<Lifetime> lifetimes(std::size_t(between(1, 40)));
        std::size_t total = 0;
        for (Lifetime &lifetime : lifetimes) {
            lifetime.size = std::size_t(between(1, 5000));
            lifetime.first = between(0, 30);
            lifetime.last = lifetime.first + between(0, 8);
            total += lifetime.size + 16;
        }
        const ArenaLayout layout = packArena(lifetimes);
        QVERIFY(layout.size <= total);
        for (std::size_t i = 0; i < lifetimes.size(); ++i) {
            QCOMPARE(layout.offsets[i] % 16, std::size_t(0));
            QVERIFY(layout.offsets[i] + lifetimes[i].size <= layout.size);
            for (std::size_t j = 0; j < i; ++j) {
                const bool together =
                    lifetimes[i].first <= lifetimes[j].last && lifetimes[j].first <= lifetimes[i].last;
                const bool apart = layout.offsets[i] + lifetimes[i].size <= layout.offsets[j] ||
                                   layout.offsets[j] + lifetimes[j].size <= layout.offsets[i];
                QVERIFY(!together || apart);
            }
        }
    }
}

void TestPlan::everyNodeIsComputedInOrder()
{
    const Description description = describe(Architecture::standard(0.125, 2, 3, 2, 5));
    const Plan plan = makePlan(description, 107);
    std::vector<int> completed(description.nodes.size(), 0);
    completed[0] = 1;
    int finished = 0;
    for (const Step &step : plan.steps) {
        for (const int node : step.completes) {
            for (const int input : description.nodes[std::size_t(node)].inputs) {
                const Operation operation = description.nodes[std::size_t(input)].operation;
                const bool fused = operation == Operation::ResidualAddition ||
                                   description.nodes[std::size_t(input)].scale != 1.0F ||
                                   description.nodes[std::size_t(input)].tensor == "residual";
                QVERIFY(completed[std::size_t(input)] || fused);
            }
            ++completed[std::size_t(node)];
        }
        if (step.finishesBlock)
            QCOMPARE(step.block, finished++);
    }
    QCOMPARE(finished, int(description.blocks.size()));
    for (std::size_t i = 0; i < description.nodes.size(); ++i) {
        const bool fusedAway =
            description.nodes[i].tensor == "residual" ||
            (description.nodes[i].tensor == "sum" && description.nodes[i].block != "block8_2");
        QCOMPARE(completed[i], fusedAway ? 0 : 1);
    }
}

void TestPlan::largerInputsNeedLargerArenas()
{
    const Description description = describe(Architecture::standard(0.25, 1, 1, 1, 5));
    QVERIFY(makePlan(description, 75).arenaSize < makePlan(description, 299).arenaSize);
}

void TestPlan::siblingsShareOneGemm()
{
    const Description description = describe(Architecture::standard(1.0, 1, 1, 1, 10));
    const Plan plan = makePlan(description, 299);
    bool found = false;
    for (const Step &step : plan.steps) {
        const auto *convolution = std::get_if<ConvolutionStep>(&step.work);
        if (!convolution || description.nodes[std::size_t(convolution->nodes.front())].block != "block17_1" ||
            convolution->nodes.size() == 1)
            continue;
        found = true;
        QCOMPARE(convolution->window.depth(), 1088);
        QCOMPARE(convolution->window.out.channels, 192 + 128);
    }
    QVERIFY(found);
}

QTEST_APPLESS_MAIN(TestPlan)
#include "test_plan.moc"
