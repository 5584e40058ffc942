// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cost.h"
#include "engine/description.h"
#include "engine/error.h"
#include "engine/shapes.h"

#include <QTest>

using namespace reslens;

class TestDescription : public QObject
{
    Q_OBJECT

private slots:
    void fullSizeNetworkHasThePublishedNumbers();
    void scalesAreThePublishedOnes();
    void addressesResolve();
    void stagesAreNamed();
    void withoutTop();
    void sizesOutsideTheRangeAreRefused();
    void wrongFiltersAreRefused();
};

void TestDescription::fullSizeNetworkHasThePublishedNumbers()
{
    const Description description = describe(Architecture::standard());
    QCOMPARE(parameterCount(description), std::int64_t(55'873'736));
    QCOMPARE(description.blocks.size(), std::size_t(46));
    QCOMPARE(description.architecture.filters.size(), std::size_t(204));

    const std::vector<Shape> shapes = inferShapes(description, 299);
    const auto shapeOf = [&](const char *address) {
        return shapes[std::size_t(description.find(address).value())];
    };
    QVERIFY(shapeOf("stem/conv_1") == (Shape{149, 149, 32}));
    QVERIFY(shapeOf("stem/output") == (Shape{35, 35, 192}));
    QVERIFY(shapeOf("mixed_5b/output") == (Shape{35, 35, 320}));
    QVERIFY(shapeOf("block35_10/mixed") == (Shape{35, 35, 128}));
    QVERIFY(shapeOf("mixed_6a/output") == (Shape{17, 17, 1088}));
    QVERIFY(shapeOf("block17_20/branch_1_conv_2") == (Shape{17, 17, 160}));
    QVERIFY(shapeOf("mixed_7a/output") == (Shape{8, 8, 2080}));
    QVERIFY(shapeOf("conv_7b/output") == (Shape{8, 8, 1536}));
    QVERIFY(shapeOf("predictions/logits") == (Shape{1, 1, 1000}));
}

void TestDescription::scalesAreThePublishedOnes()
{
    const Description description = describe(Architecture::standard(0.125, 2, 2, 3));
    const auto node = [&](const char *address) {
        return description.nodes[std::size_t(description.find(address).value())];
    };
    QCOMPARE(node("block35_2/residual").scale, 0.17F);
    QCOMPARE(node("block17_1/residual").scale, 0.1F);
    QCOMPARE(node("block8_2/residual").scale, 0.2F);
    QCOMPARE(node("block8_3/residual").scale, 1.0F);
    QVERIFY(node("block8_2/output").operation == Operation::Relu);
    QVERIFY(node("block8_3/output").operation == Operation::ResidualAddition);
    QCOMPARE(node("block17_1/branch_1_conv_2").kernelWidth, 7);
    QCOMPARE(node("block17_1/branch_1").kernelHeight, 7);
    QCOMPARE(node("block8_1/branch_1_conv_2").kernelWidth, 3);
    QCOMPARE(node("block8_1/branch_1").kernelHeight, 3);
}

void TestDescription::addressesResolve()
{
    const Description description = describe(Architecture::standard(0.125, 2, 2, 2, 7));
    for (const Block &block : description.blocks) {
        for (const std::string &address : description.addresses(block))
            QVERIFY2(description.find(address), address.c_str());
    }
    QVERIFY(description.find("block35_2/input") == description.find("block35_1/output"));
    QVERIFY(description.find("block8_2/output") == description.find("block8_2/sum"));
    QVERIFY(description.find("stem/output") == description.find("stem/pool_2"));
    for (const char *wrong :
         {"", "stem", "stem/", "/output", "block35_3/output", "mixed_5b/branch_4", "conv_7b/input"})
        QVERIFY2(!description.find(wrong), wrong);
}

void TestDescription::stagesAreNamed()
{
    QCOMPARE(stageOf("block17_20"), std::string("block17"));
    for (const char *name : {"stem", "mixed_6a", "conv_7b", "block35", "block35_", "_", "7", ""})
        QCOMPARE(stageOf(name), std::string(name));
    const Description description = describe(Architecture::standard());
    const auto branches = description.branchesOf(*description.findBlock("block35_2"));
    QCOMPARE(branches.size(), std::size_t(3));
    for (std::size_t i = 0; i < branches.size(); ++i)
        QCOMPARE(description.nodes[std::size_t(branches[i])].address(),
                 "block35_2/branch_" + std::to_string(i));
}

void TestDescription::withoutTop()
{
    const Description description = describe(Architecture::standard(1.0, 10, 20, 10, 0));
    QVERIFY(!description.findBlock("predictions"));
    QCOMPARE(parameterCount(description), std::int64_t(54'336'736));
}

void TestDescription::sizesOutsideTheRangeAreRefused()
{
    const Description description = describe(Architecture::standard(0.125, 1, 1, 1));
    QCOMPARE(inferShapes(description, 75).at(std::size_t(description.find("conv_7b/output").value())).height,
             1);
    QVERIFY_EXCEPTION_THROWN(inferShapes(description, 74), Error);
    QVERIFY_EXCEPTION_THROWN(inferShapes(description, 1'000'000), Error);
}

void TestDescription::wrongFiltersAreRefused()
{
    Architecture architecture = Architecture::standard(0.125, 1, 1, 1);
    architecture.filters.pop_back();
    QVERIFY_EXCEPTION_THROWN(describe(architecture), Error);
    architecture.filters.push_back(0);
    QVERIFY_EXCEPTION_THROWN(describe(architecture), Error);
}

QTEST_APPLESS_MAIN(TestDescription)
#include "test_description.moc"
