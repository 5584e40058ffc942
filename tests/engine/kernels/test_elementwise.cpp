// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/elementwise.h"
#include "naive.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

using namespace reslens;

class TestElementwise : public QObject
{
    Q_OBJECT

private slots:
    void biasAndReluTouchTheirSliceOnly();
    void residualIsAdded();
    void scalesItsSliceOnly();
    void oneValueThatIsNotFiniteIsFound();
    void innerProductAddsUpInDouble();
    void copyTellsWhatIsNotFinite();
    void softmaxIsExactAndStable();
};

void TestElementwise::biasAndReluTouchTheirSliceOnly()
{
    naive::Random random(7);
    for (int round = 0; round < 40; ++round) {
        const int rows = naive::between(random, 1, 20);
        const int columns = naive::between(random, 1, 70);
        const std::ptrdiff_t stride = columns + naive::between(random, 0, 9);
        const auto bias = naive::randomValues(random, std::size_t(columns));
        const auto before = naive::randomValues(random, std::size_t(rows * stride));
        for (const bool rectified : {false, true}) {
            auto after = before;
            addBias(after.data(), stride, rows, columns, bias.data(), rectified);
            auto twoSteps = before;
            addBias(twoSteps.data(), stride, rows, columns, bias.data(), false);
            if (rectified)
                relu(twoSteps.data(), stride, rows, columns);
            for (int i = 0; i < int(before.size()); ++i) {
                const int c = int(i % stride);
                float expected = before[std::size_t(i)];
                if (c < columns) {
                    expected += bias[std::size_t(c)];
                    if (rectified)
                        expected = std::max(expected, 0.0F);
                }
                QCOMPARE(after[std::size_t(i)], expected);
            }
            QVERIFY(after == twoSteps);
        }
    }
}

void TestElementwise::residualIsAdded()
{
    naive::Random random(8);
    const int rows = 11;
    const int columns = 37;
    const std::ptrdiff_t trunkStride = 40;
    const std::ptrdiff_t residualStride = 37;
    const auto before = naive::randomValues(random, std::size_t(rows * trunkStride));
    const auto residual = naive::randomValues(random, std::size_t(rows * residualStride));
    for (const bool rectified : {false, true}) {
        auto after = before;
        addResidual(after.data(), trunkStride, residual.data(), residualStride, rows, columns, rectified);
        for (int row = 0; row < rows; ++row) {
            for (int c = 0; c < int(trunkStride); ++c) {
                const std::size_t i = std::size_t(row * trunkStride + c);
                float expected = before[i];
                if (c < columns) {
                    expected += residual[std::size_t(row * residualStride + c)];
                    if (rectified)
                        expected = std::max(expected, 0.0F);
                }
                QCOMPARE(after[i], expected);
            }
        }
    }
}

void TestElementwise::scalesItsSliceOnly()
{
    naive::Random random(11);
    for (int round = 0; round < 40; ++round) {
        const int rows = naive::between(random, 1, 20);
        const int columns = naive::between(random, 1, 70);
        const std::ptrdiff_t stride = columns + naive::between(random, 0, 9);
        const auto before = naive::randomValues(random, std::size_t(rows * stride));
        auto after = before;
        scale(after.data(), stride, rows, columns, -2.5F);
        for (std::size_t i = 0; i < before.size(); ++i)
            QCOMPARE(after[i], std::ptrdiff_t(i) % stride < columns ? before[i] * -2.5F : before[i]);
    }
}

void TestElementwise::oneValueThatIsNotFiniteIsFound()
{
    naive::Random random(12);
    constexpr float infinity = std::numeric_limits<float>::infinity();
    constexpr float greatest = std::numeric_limits<float>::max();
    QVERIFY(allFinite(nullptr, 0));
    for (std::size_t count = 1; count < 70; ++count) {
        auto values = naive::randomValues(random, count);
        // The exponents nearest to that of an infinity, and of zero.
        values.front() = -greatest;
        values.back() = std::numeric_limits<float>::denorm_min();
        QVERIFY(allFinite(values.data(), count));
        for (std::size_t i = 0; i < count; ++i) {
            for (const float wrong : {infinity, -infinity, NAN, -NAN}) {
                const float right = std::exchange(values[i], wrong);
                QVERIFY(!allFinite(values.data(), count));
                values[i] = right;
            }
        }
    }
}

void TestElementwise::innerProductAddsUpInDouble()
{
    naive::Random random(9);
    for (std::size_t count = 0; count < 70; ++count) {
        const auto a = naive::randomValues(random, count);
        const auto b = naive::randomValues(random, count);
        double expected = 0;
        for (std::size_t i = 0; i < count; ++i)
            expected += double(a[i]) * double(b[i]);
        QVERIFY(std::abs(innerProduct(a.data(), b.data(), count) - expected) <= 1e-13);
    }
    // In single precision the small one would vanish beside the large ones.
    const float large[] = {1e8F, 1.0F, -1e8F};
    const float ones[] = {1.0F, 1.0F, 1.0F};
    QCOMPARE(innerProduct(large, ones, 3), 1.0);
}

void TestElementwise::copyTellsWhatIsNotFinite()
{
    naive::Random random(10);
    for (std::size_t count = 1; count < 70; ++count) {
        auto values = naive::randomValues(random, count);
        std::vector<float> copy(count);
        QVERIFY(copyFinite(values.data(), count, copy.data()));
        QVERIFY(copy == values);
        const std::size_t place = std::size_t(naive::between(random, 0, int(count) - 1));
        for (const float bad :
             {std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
              std::numeric_limits<float>::quiet_NaN()}) {
            values[place] = bad;
            QVERIFY(!copyFinite(values.data(), count, copy.data()));
            QVERIFY(std::bit_cast<std::uint32_t>(copy[place]) == std::bit_cast<std::uint32_t>(bad));
        }
    }
}

void TestElementwise::softmaxIsExactAndStable()
{
    const std::vector<float> logits{1000.0F, 999.0F, -1000.0F, 1000.0F};
    std::vector<float> probabilities(4);
    softmax(logits.data(), 4, probabilities.data());
    const double sum = 2 + std::exp(-1.0);
    QVERIFY(std::abs(double(probabilities[0]) - 1 / sum) < 1e-6);
    QVERIFY(std::abs(double(probabilities[1]) - std::exp(-1.0) / sum) < 1e-6);
    QCOMPARE(probabilities[2], 0.0F);
    QCOMPARE(probabilities[3], probabilities[0]);
}

QTEST_APPLESS_MAIN(TestElementwise)
#include "test_elementwise.moc"
