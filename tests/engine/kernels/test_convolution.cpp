// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/convolution.h"
#include "engine/kernels/im2col.h"
#include "naive.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace reslens;

/// A window's kernel is cut into several panels, one, or none.
constexpr std::array panelWidths{uncut, 64, 7};

class TestConvolution : public QObject
{
    Q_OBJECT

private slots:
    void im2colGathersWhatTheWindowCovers();
    void tilesCoverTheMatrixOnce();
    void equalsTheNaiveTwin();
    void pointwiseEqualsTheNaiveTwin();

private:
    static void compare(const Window &window, naive::Random &random, bool accumulate, bool relu, int threads,
                        int panelWidth);
};

void TestConvolution::im2colGathersWhatTheWindowCovers()
{
    naive::Random random(1);
    for (int round = 0; round < 200; ++round) {
        const Window window = naive::randomWindow(random, round % 2 == 0);
        const std::ptrdiff_t stride =
            window.in.channels + (round % 3 == 0 ? 0 : naive::between(random, 1, 9));
        const auto source = naive::randomValues(random, window.in.positions() * std::size_t(stride));
        const int first = naive::between(random, 0, window.rows() - 1);
        const int rows = naive::between(random, 1, window.rows() - first);
        std::vector<float> matrix(std::size_t(rows) * std::size_t(window.depth()), -1000.0F);
        im2col(window, source.data(), stride, first, rows, matrix.data());

        std::vector<float> expected(matrix.size(), 0.0F);
        for (int row = 0; row < rows; ++row) {
            const int y = (first + row) / window.out.width;
            const int x = (first + row) % window.out.width;
            naive::underWindow(window, y, x, [&](int ky, int kx, int position) {
                for (int c = 0; c < window.in.channels; ++c)
                    expected[std::size_t(row * window.depth() +
                                         (ky * window.kernelWidth + kx) * window.in.channels + c)] =
                        source[std::size_t(position * stride + c)];
            });
        }
        QVERIFY(matrix == expected);
    }
}

void TestConvolution::tilesCoverTheMatrixOnce()
{
    naive::Random random(2);
    for (int round = 0; round < 300; ++round) {
        Window window = naive::randomWindow(random, true);
        window.out.channels = naive::between(random, 1, 600);
        window.in.channels = naive::between(random, 1, 2000);
        const int panelWidth = round % 2 == 0 ? uncut : 64;
        const Tiling tiling = chooseTiling(window, panelWidth, naive::between(random, 1, 9));
        QVERIFY(tiling.panelWidth == panelWidth);
        QVERIFY(tiling.rows >= 1 && tiling.columns >= 1);
        QVERIFY(tiling.rows * tiling.rowTiles >= window.rows());
        QVERIFY(tiling.rows * (tiling.rowTiles - 1) < window.rows());
        QVERIFY(tiling.columns * tiling.columnTiles >= window.out.channels);
        QVERIFY(tiling.columns * (tiling.columnTiles - 1) < window.out.channels);
    }
}

void TestConvolution::compare(const Window &window, naive::Random &random, bool accumulate, bool relu,
                              int threads, int panelWidth)
{
    const std::ptrdiff_t sourceStride = window.in.channels + naive::between(random, 0, 5);
    const std::ptrdiff_t stride = window.out.channels + naive::between(random, 0, 5);
    const std::size_t columns = std::size_t(window.out.channels);
    const auto source = naive::randomValues(random, window.in.positions() * std::size_t(sourceStride));
    const auto kernel = naive::randomValues(random, std::size_t(window.depth()) * columns);
    const auto bias = naive::randomValues(random, columns);
    const auto before = naive::randomValues(random, std::size_t(window.rows()) * std::size_t(stride));
    auto after = before;

    std::vector<float> panels(kernel.size());
    toPanels(kernel.data(), window.depth(), window.out.channels, panelWidth, panels.data());
    const Tiling tiling = chooseTiling(window, panelWidth, threads);
    std::vector<float> workspace(std::size_t(tiling.rows) * std::size_t(window.depth()));
    for (int tile = 0; tile < tiling.count(); ++tile)
        convolveTile(window,
                     {.source = source.data(),
                      .sourceStride = sourceStride,
                      .kernel = panels.data(),
                      .bias = bias.data(),
                      .destination = after.data(),
                      .destinationStride = stride,
                      .accumulate = accumulate,
                      .relu = relu},
                     tiling, tile, workspace.data());

    for (int row = 0; row < window.rows(); ++row) {
        for (int c = 0; c < int(stride); ++c) {
            const std::size_t index = std::size_t(row * stride + c);
            if (c >= window.out.channels) {
                QCOMPARE(after[index], before[index]); // the neighbour's slice
                continue;
            }
            double expected = naive::convolutionAt(window, source.data(), sourceStride, kernel.data(),
                                                   row / window.out.width, row % window.out.width, c) +
                              double(bias[std::size_t(c)]) + (accumulate ? double(before[index]) : 0.0);
            if (relu)
                expected = std::max(expected, 0.0);
            QVERIFY(std::abs(double(after[index]) - expected) <=
                    1e-5 * (1 + std::sqrt(double(window.depth()))) * 4);
        }
    }
}

void TestConvolution::equalsTheNaiveTwin()
{
    naive::Random random(3);
    for (int round = 0; round < 60; ++round)
        compare(naive::randomWindow(random, round % 2 == 0), random, false, round % 3 != 0,
                naive::between(random, 1, 4), panelWidths[std::size_t(round) % 3]);
}

void TestConvolution::pointwiseEqualsTheNaiveTwin()
{
    naive::Random random(4);
    for (int round = 0; round < 60; ++round) {
        Window window;
        window.in = {naive::between(random, 1, 12), naive::between(random, 1, 12),
                     naive::between(random, 1, 90)};
        window.out = {window.in.height, window.in.width, naive::between(random, 1, 90)};
        compare(window, random, round % 2 == 0, round % 3 == 0, naive::between(random, 1, 4),
                panelWidths[std::size_t(round) % 3]);
    }
}

QTEST_APPLESS_MAIN(TestConvolution)
#include "test_convolution.moc"
