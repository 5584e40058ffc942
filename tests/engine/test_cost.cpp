// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cost.h"
#include "engine/shapes.h"

#include <QTest>

using namespace reslens;

class TestCost : public QObject
{
    Q_OBJECT

private slots:
    void blocksAddUpToThePublishedTotals();
    void convolutionsAreCountedByHand();
    void headsAreCounted();
};

void TestCost::blocksAddUpToThePublishedTotals()
{
    const Description description = describe(Architecture::standard());
    const std::vector<Shape> shapes = inferShapes(description, 299);
    Cost total;
    for (const Block &block : description.blocks)
        total += costOf(description, shapes, block);
    QCOMPARE(total.parameters, std::int64_t(55'873'736));
    QVERIFY2(total.flops > 26'250'000'000 && total.flops < 26'350'000'000,
             qPrintable(QString::number(total.flops)));
}

void TestCost::convolutionsAreCountedByHand()
{
    const Description description = describe(Architecture::standard());
    const std::vector<Shape> shapes = inferShapes(description, 299);
    const auto cost = [&](const char *address) {
        return costOf(description, shapes, description.find(address).value());
    };
    // A kernel and the batch normalization's beta, mean and variance.
    QVERIFY(cost("stem/conv_1") == (Cost{3 * 3 * 3 * 32 + 3 * 32, 2LL * 149 * 149 * 32 * 27}));
    QVERIFY(cost("block17_3/branch_1") == (Cost{7 * 160 * 192 + 3 * 192, 2LL * 17 * 17 * 192 * 7 * 160}));
    // The residual convolution has a bias and no batch normalization.
    QVERIFY(cost("block8_1/residual") == (Cost{448 * 2080 + 2080, 2LL * 8 * 8 * 2080 * 448}));
    for (const char *address : {"stem/pool_1", "block35_1/mixed", "block35_1/sum", "block35_1/output"})
        QVERIFY2(cost(address) == Cost{}, address);
}

void TestCost::headsAreCounted()
{
    Architecture architecture = Architecture::standard(0.125, 1, 1, 1, 5);
    architecture.head = {{.units = 16, .relu = true, .after = BatchNormalization{}}, {.units = 5}};
    const Description description = describe(architecture);
    const std::vector<Shape> shapes = inferShapes(description, 75);
    const Cost hidden = costOf(description, shapes, description.find("predictions/dense_1").value());
    QVERIFY(hidden == (Cost{192 * 16 + 16 + 4 * 16, 2 * 192 * 16}));
    const Cost logits = costOf(description, shapes, description.find("predictions/logits").value());
    QVERIFY(logits == (Cost{16 * 5 + 5, 2 * 16 * 5}));
}

QTEST_APPLESS_MAIN(TestCost)
#include "test_cost.moc"
