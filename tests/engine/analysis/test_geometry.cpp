// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/geometry.h"
#include "engine/error.h"
#include "engine/runner.h"
#include "engine/shapes.h"
#include "tests/support/keras_file_writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

using namespace reslens;

class TestGeometry : public QObject
{
    Q_OBJECT

private slots:
    void knownFields();
    void mapsLieInTheMiddleOfTheirFields();
    void positionsOutsideAreRefused();
    void perturbedPixelsMoveExactlyTheFieldsUnits();
};

void TestGeometry::knownFields()
{
    const Description description = describe(Architecture::standard(0.125, 1, 1, 1));
    const std::vector<Shape> shapes = inferShapes(description, 299);
    const auto field = [&](const char *address, int y, int x) {
        return receptiveField(description, shapes, description.find(address).value(), y, x);
    };
    QVERIFY((field("stem/input", 5, 7) == Region{5, 7, 6, 8}));
    QVERIFY((field("stem/conv_1", 0, 1) == Region{0, 2, 3, 5}));
    QVERIFY((field("stem/conv_2", 1, 0) == Region{2, 0, 9, 7}));
    QVERIFY((field("stem/conv_3", 0, 0) == Region{0, 0, 9, 9}));
    QVERIFY((field("stem/pool_1", 1, 1) == Region{2, 2, 17, 17}));
    QVERIFY((field("predictions/logits", 0, 0) == Region{0, 0, 299, 299}));
}

void TestGeometry::mapsLieInTheMiddleOfTheirFields()
{
    const Description description = describe(Architecture::standard(0.125, 1, 1, 1));
    // Large enough for fields that touch no border.
    const std::vector<Shape> shapes = inferShapes(description, 2499);
    const std::vector<MapGeometry> geometries = mapGeometries(description, shapes);
    for (const char *address :
         {"stem/conv_2", "stem/output", "mixed_5b/output", "block35_1/output", "mixed_6a/output",
          "block17_1/branch_1", "mixed_7a/output", "conv_7b/output"}) {
        const int node = description.find(address).value();
        const int y = shapes[std::size_t(node)].height / 2;
        const int x = shapes[std::size_t(node)].width / 2;
        const Region field = receptiveField(description, shapes, node, y, x);
        const MapGeometry &geometry = geometries[std::size_t(node)];
        QCOMPARE(geometry.originY + y * geometry.step, (field.top + field.bottom) / 2.0);
        QCOMPARE(geometry.originX + x * geometry.step, (field.left + field.right) / 2.0);
    }
    QCOMPARE(geometries[std::size_t(description.find("conv_7b/output").value())].step, 32.0);
}

void TestGeometry::positionsOutsideAreRefused()
{
    const Description description = describe(Architecture::standard(0.125, 1, 1, 1));
    const std::vector<Shape> shapes = inferShapes(description, 139);
    const int node = description.find("conv_7b/output").value();
    QVERIFY_EXCEPTION_THROWN(receptiveField(description, shapes, node, 3, 0), Error);
    QVERIFY_EXCEPTION_THROWN(receptiveField(description, shapes, node, 0, -1), Error);
}

/// A narrow network whose kernels and shifts are all positive passes every change on, so that a changed row
/// or column of pixels moves exactly the units that see it.
void TestGeometry::perturbedPixelsMoveExactlyTheFieldsUnits()
{
    constexpr int size = 139;
    QTemporaryDir folder;
    test::KerasNetwork weights = test::randomNetwork(Architecture::standard(0.03, 1, 1, 1, 3));
    for (test::KerasLayer &layer : weights.layers) {
        for (test::KerasWeight &weight : layer.weights) {
            if (weight.name == "kernel")
                std::ranges::for_each(weight.values,
                                      [](float &value) { value = std::abs(value) * 0.3F + 0.01F; });
            else if (weight.name != "moving_variance")
                std::ranges::fill(weight.values, 0.0F);
        }
    }
    const std::filesystem::path file = folder.filePath("positive.h5").toStdString();
    test::writeKerasFile(file, weights, {.inputSize = size});
    Runner runner(Network::load(file), 2);
    const Description &description = runner.network().description();
    const std::vector<Shape> shapes = inferShapes(description, size);

    RunOptions options;
    for (const char *address :
         {"stem/conv_3", "stem/output", "mixed_5b/branch_1", "block35_1/output", "mixed_6a/output",
          "block17_1/branch_1_conv_2", "block17_1/branch_1", "mixed_7a/branch_2_conv_2"})
        options.capture.emplace_back(address);
    Tensor input({size, size, 3});
    std::mt19937 random(1);
    std::uniform_real_distribution<float> values(0.2F, 0.4F);
    std::ranges::generate(input.values(), [&] { return values(random); });
    const auto before = runner.run(input, options).captured;

    for (const bool rows : {true, false}) {
        for (int line = 0; line < size; line += 3) {
            Tensor changed = input.clone();
            // So much that no maximum hides it and no rounding swallows it.
            for (int i = 0; i < size; ++i) {
                for (int c = 0; c < 3; ++c)
                    (rows ? changed.at(line, i, c) : changed.at(i, line, c)) += 1e6F;
            }
            const auto after = runner.run(changed, options).captured;
            for (const std::string &address : options.capture) {
                const int node = description.find(address).value();
                const Shape &shape = shapes[std::size_t(node)];
                const int count = rows ? shape.height : shape.width;
                for (int position = 0; position < count; ++position) {
                    const int y = rows ? position : shape.height / 2;
                    const int x = rows ? shape.width / 2 : position;
                    const Region field = receptiveField(description, shapes, node, y, x);
                    const bool sees = rows ? field.top <= line && line < field.bottom
                                           : field.left <= line && line < field.right;
                    bool moved = false;
                    for (int c = 0; c < shape.channels; ++c) {
                        moved = moved || before.at(address)->at(y, x, c) != after.at(address)->at(y, x, c);
                    }
                    QVERIFY2(moved == sees, qPrintable(QStringLiteral("%1 (%2, %3), %4 %5: %6")
                                                           .arg(QString::fromStdString(address))
                                                           .arg(y)
                                                           .arg(x)
                                                           .arg(rows ? "row" : "column")
                                                           .arg(line)
                                                           .arg(moved ? "moved, but is outside"
                                                                      : "is inside, but did not move")));
                }
            }
        }
    }
}

QTEST_APPLESS_MAIN(TestGeometry)
#include "test_geometry.moc"
