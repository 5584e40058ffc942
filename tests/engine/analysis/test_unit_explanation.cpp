// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/unit_explanation.h"
#include "engine/error.h"
#include "engine/runner.h"
#include "engine/shapes.h"
#include "tests/support/golden.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <filesystem>

using namespace reslens;

class TestUnitExplanation : public QObject
{
    Q_OBJECT

private slots:
    void sumEqualsTheActivation_data();
    void sumEqualsTheActivation();
    void branchesAddUpToTheResidual();
    void normalizationGivesTheBias();
    void refusesWhatIsNoUnit();
};

static std::filesystem::path golden(const std::string &file)
{
    return std::filesystem::path(RESLENS_TEST_DATA) / "golden" / file;
}

void TestUnitExplanation::sumEqualsTheActivation_data()
{
    QTest::addColumn<QString>("address");
    for (const char *address :
         {"stem/conv_1", "stem/conv_3", "stem/conv_4", "mixed_5b/branch_1", "mixed_5b/branch_3",
          "block35_1/branch_2", "block35_1/residual", "mixed_6a/branch_0", "block17_1/branch_1_conv_2",
          "block17_1/branch_1", "block8_1/branch_1_conv_2", "block8_1/branch_1", "block8_2/residual",
          "conv_7b/output", "predictions/logits"})
        QTest::newRow(address) << QString(address);
}

/// 1×1, 3×3, 5×5, 1×7, 7×1, 1×3 and 3×1 kernels, stride 2, with and without ReLU, in the middle and at the
/// borders; and the dense layer.
void TestUnitExplanation::sumEqualsTheActivation()
{
    QFETCH(QString, address);
    const test::Golden reference = test::readGolden(golden("shuffled.reference.h5"));
    const int size = reference.input.shape().height;
    const WeightFile file = WeightFile::open(golden("shuffled.h5"));
    const std::vector<Shape> shapes = inferShapes(file.description(), size);
    LoadOptions options;
    options.inputSize = size;
    Runner runner(Network::load(golden("shuffled.h5"), options), 2);
    const std::string name = address.toStdString();
    const int node = file.description().find(name).value();
    const std::string before =
        file.description()
            .nodes[std::size_t(file.description().nodes[std::size_t(node)].inputs.front())]
            .address();
    const RunResult run = runner.run(reference.input, {.capture = {name, before}});
    const Tensor &output = *run.captured.at(name);
    const Shape &shape = output.shape();

    int positive = 0;
    for (const int y : {0, shape.height / 2, shape.height - 1}) {
        for (const int x : {0, shape.width / 2, shape.width - 1}) {
            for (int channel = 0; channel < shape.channels; ++channel) {
                const UnitExplanation unit =
                    explainUnit(file, shapes, node, *run.captured.at(before), y, x, channel);
                double scale = std::abs(double(unit.bias));
                for (const UnitTerm &term : unit.terms)
                    scale += std::abs(term.product());
                QVERIFY2(std::abs(unit.activation - double(output.at(y, x, channel))) <= 1e-5 * scale,
                         qPrintable(
                             QString("%1 instead of %2").arg(unit.activation).arg(output.at(y, x, channel))));
                positive += unit.activation != 0 ? 1 : 0;
            }
        }
    }
    QVERIFY(positive > 0);
}

void TestUnitExplanation::branchesAddUpToTheResidual()
{
    const WeightFile file = WeightFile::open(golden("shuffled.h5"));
    const Description &description = file.description();
    const std::vector<Shape> shapes = inferShapes(description, 96);
    const int node = description.find("block35_1/residual").value();
    Tensor input(shapes[std::size_t(description.find("block35_1/mixed").value())]);
    std::ranges::generate(input.values(), [value = 0.0F]() mutable { return value += 0.125F; });
    const UnitExplanation unit = explainUnit(file, shapes, node, input, 1, 2, 3);
    const std::vector<BranchShare> shares = sharesOfBranches(description, shapes, node, unit);
    QCOMPARE(shares.size(), std::size_t(3));
    double sum = double(unit.bias);
    for (const BranchShare &share : shares) {
        QVERIFY(share.sum != 0);
        sum += share.sum;
    }
    QVERIFY(std::abs(sum - unit.sum) <= 1e-9 * std::abs(unit.sum));
    QCOMPARE(shares[2].node, description.find("block35_1/branch_2").value());
    QVERIFY(!unit.normalization);
    QVERIFY_EXCEPTION_THROWN(
        sharesOfBranches(description, shapes, description.find("stem/conv_2").value(), unit), Error);
}

void TestUnitExplanation::normalizationGivesTheBias()
{
    const WeightFile file = WeightFile::open(golden("shuffled.h5"));
    const std::vector<Shape> shapes = inferShapes(file.description(), 96);
    const int node = file.description().find("stem/conv_1").value();
    const UnitExplanation unit = explainUnit(file, shapes, node, Tensor({96, 96, 3}), 0, 0, 1);
    QVERIFY(unit.normalization);
    const double deviation = std::sqrt(double(unit.normalization->variance) + 1e-3);
    const double bias = double(unit.normalization->beta) - double(unit.normalization->mean) / deviation;
    QVERIFY(std::abs(bias - double(unit.bias)) <= 1e-5 * std::abs(bias));
}

void TestUnitExplanation::refusesWhatIsNoUnit()
{
    const WeightFile file = WeightFile::open(golden("shuffled.h5"));
    const std::vector<Shape> shapes = inferShapes(file.description(), 96);
    const auto refused = [&](const char *address, const Shape &input, int y, int x, int channel) {
        try {
            explainUnit(file, shapes, file.description().find(address).value(), Tensor(input), y, x, channel);
        } catch (const Error &error) {
            return error.kind() == ErrorKind::InvalidArgument;
        }
        return false;
    };
    QVERIFY(!refused("stem/conv_1", {96, 96, 3}, 0, 0, 0));
    QVERIFY(refused("stem/pool_1", {96, 96, 3}, 0, 0, 0));
    QVERIFY(refused("stem/conv_1", {96, 96, 3}, 47, 0, 0));
    QVERIFY(refused("stem/conv_1", {96, 96, 3}, 0, -1, 0));
    QVERIFY(refused("stem/conv_1", {96, 96, 3}, 0, 0, 99));
    QVERIFY(refused("stem/conv_1", {95, 96, 3}, 0, 0, 0));
}

QTEST_APPLESS_MAIN(TestUnitExplanation)
#include "test_unit_explanation.moc"
