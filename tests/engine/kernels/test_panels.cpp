// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/panels.h"

#include "naive.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace reslens;

class TestPanels : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_random = naive::Random(30); }
    void liesPanelAfterPanel();
    void product_data();
    void product();
    void transpose_data() { product_data(); }
    void transpose();
    void widthSuitsTheKernels();

private:
    std::vector<float> values(int rows, int columns)
    {
        return naive::randomValues(m_random, std::size_t(rows) * std::size_t(columns));
    }

    naive::Random m_random{30};
};

void TestPanels::liesPanelAfterPanel()
{
    const std::vector<float> matrix{11, 12, 13, 14, 15, //
                                    21, 22, 23, 24, 25};
    std::vector<float> panels(matrix.size());
    toPanels(matrix.data(), 2, 5, 2, panels.data());
    QCOMPARE(panels, (std::vector<float>{11, 12, 21, 22, 13, 14, 23, 24, 15, 25}));
    toPanels(matrix.data(), 2, 5, 5, panels.data());
    QCOMPARE(panels, matrix);
    toPanels(matrix.data(), 2, 5, uncut, panels.data());
    QCOMPARE(panels, matrix);
}

void TestPanels::product_data()
{
    QTest::addColumn<int>("m");
    QTest::addColumn<int>("k");
    QTest::addColumn<int>("n");
    // Less than a block, a whole one, and several with a rest along each side.
    for (const auto &[m, k, n] : {std::tuple{1, 1, 1},
                                  {3, 5, 7},
                                  {100, 156, 64},
                                  {101, 157, 65},
                                  {17, 320, 202},
                                  {289, 48, 130},
                                  {64, 448, 64},
                                  {16, 749, 138}})
        QTest::addRow("%d × %d × %d", m, k, n) << m << k << n;
}

void TestPanels::product()
{
    QFETCH(int, m);
    QFETCH(int, k);
    QFETCH(int, n);
    const int strideA = k + 3;
    const int strideC = n + 5;
    const std::vector<float> a = values(m, strideA);
    const std::vector<float> b = values(k, n);
    const std::vector<float> before = values(m, strideC);
    for (const int width : {uncut, 64, 7}) {
        std::vector<float> cut(b.size());
        toPanels(b.data(), k, n, width, cut.data());
        for (const bool accumulate : {false, true}) {
            // In two parts, as threads share it out, not always between two panels.
            std::vector<float> c = before;
            const int parted = naive::between(m_random, 0, n - 1);
            for (const auto &[first, count] : {std::pair{0, parted}, {parted, n - parted}}) {
                if (count > 0)
                    multiply(m, a.data(), strideA, {cut.data(), k, n, width}, first, count, c.data() + first,
                             strideC, accumulate);
            }
            for (int i = 0; i < m; ++i) {
                for (int j = 0; j < strideC; ++j) {
                    const std::size_t at = std::size_t(i) * std::size_t(strideC) + std::size_t(j);
                    if (j >= n) {
                        QCOMPARE(c[at], before[at]); // what lies between the rows
                        continue;
                    }
                    double sum = accumulate ? double(before[at]) : 0.0;
                    for (int l = 0; l < k; ++l)
                        sum += double(a[std::size_t(i * strideA + l)]) * double(b[std::size_t(l * n + j)]);
                    QVERIFY(std::abs(double(c[at]) - sum) < 1e-5 * (1 + std::sqrt(double(k))));
                }
            }
        }
    }
}

void TestPanels::transpose()
{
    QFETCH(int, k);
    QFETCH(int, n);
    const std::vector<float> b = values(k, n);
    std::vector<float> turned(b.size());
    for (int row = 0; row < k; ++row) {
        for (int column = 0; column < n; ++column)
            turned[std::size_t(column * k + row)] = b[std::size_t(row * n + column)];
    }
    for (const int width : {uncut, 64, 7}) {
        std::vector<float> cut(b.size());
        toPanels(b.data(), k, n, width, cut.data());
        std::vector<float> expected(b.size());
        toPanels(turned.data(), n, k, width, expected.data());
        const Panels panels{cut.data(), k, n, width};
        std::vector<float> transposed(b.size());
        for (int panel = transposedPanels(panels) - 1; panel >= 0; --panel)
            transposePanels(panels, panel, transposed.data());
        QVERIFY(transposed == expected);
    }
}

void TestPanels::widthSuitsTheKernels()
{
    // Which of them it is depends on the processor that the test runs on.
    QVERIFY(panelWidth() == uncut || panelWidth() == 64);
}

QTEST_APPLESS_MAIN(TestPanels)
#include "test_panels.moc"
