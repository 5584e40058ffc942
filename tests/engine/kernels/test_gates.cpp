// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/gates.h"
#include "naive.h"

#include <QTest>

#include <limits>

using namespace reslens;

class TestGates : public QObject
{
    Q_OBJECT

private slots:
    void gradientsPassWhereValuesDid();
    void neitherZeroNorNanOpens();
};

void TestGates::gradientsPassWhereValuesDid()
{
    naive::Random random(23);
    for (int round = 0; round < 60; ++round) {
        const int rows = naive::between(random, 1, 5);
        const int columns = naive::between(random, 1, 400);
        const std::ptrdiff_t valueStride = columns + naive::between(random, 0, 9);
        const std::ptrdiff_t gradientStride = columns + naive::between(random, 0, 9);
        const auto values = naive::randomValues(random, std::size_t(rows * valueStride));
        const auto before = naive::randomValues(random, std::size_t(rows * gradientStride));
        std::vector<std::uint8_t> gates(std::size_t(rows) * gateBytes(columns));
        openGates(values.data(), valueStride, rows, columns, gates.data());
        auto after = before;
        applyGates(gates.data(), rows, columns, after.data(), gradientStride);
        for (std::ptrdiff_t i = 0; i < std::ptrdiff_t(after.size()); ++i) {
            const std::ptrdiff_t row = i / gradientStride;
            const std::ptrdiff_t column = i % gradientStride;
            const bool closed = column < columns && !(values[std::size_t(row * valueStride + column)] > 0);
            QCOMPARE(after[std::size_t(i)], closed ? 0.0F : before[std::size_t(i)]);
        }
    }
}

void TestGates::neitherZeroNorNanOpens()
{
    const std::vector<float> values{0.0F, -0.0F, std::numeric_limits<float>::quiet_NaN(),
                                    std::numeric_limits<float>::denorm_min()};
    std::vector<std::uint8_t> gates(gateBytes(4));
    openGates(values.data(), 4, 1, 4, gates.data());
    std::vector<float> gradient{1, 2, 3, 4};
    applyGates(gates.data(), 1, 4, gradient.data(), 4);
    QVERIFY((gradient == std::vector<float>{0, 0, 0, 4}));
}

QTEST_APPLESS_MAIN(TestGates)
#include "test_gates.moc"
