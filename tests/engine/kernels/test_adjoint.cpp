// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/adjoint.h"
#include "engine/kernels/pooling.h"
#include "engine/kernels/winograd.h"
#include "engine/parallel/convolve.h"
#include "engine/parallel/convolve_adjoint.h"
#include "engine/plan/kernel_matrices.h"
#include "naive.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace reslens;

Q_DECLARE_METATYPE(reslens::Algorithm)

/// An adjoint is defined by ⟨A x, y⟩ = ⟨x, Aᵀ y⟩ for all x and y.
class TestAdjoint : public QObject
{
    Q_OBJECT

private slots:
    void convolutionIsTransposed_data();
    void convolutionIsTransposed();
    void poolingIsTransposed_data();
    void poolingIsTransposed();
    void firstOfEqualMaximaIsChosen();
};

/// The inner product of two maps of `channels` values a position.
static double inner(const std::vector<float> &a, std::ptrdiff_t strideA, const std::vector<float> &b,
                    std::ptrdiff_t strideB, std::size_t positions, int channels)
{
    double sum = 0;
    for (std::size_t p = 0; p < positions; ++p) {
        for (int c = 0; c < channels; ++c)
            sum += double(a[p * std::size_t(strideA) + std::size_t(c)]) *
                   double(b[p * std::size_t(strideB) + std::size_t(c)]);
    }
    return sum;
}

void TestAdjoint::convolutionIsTransposed_data()
{
    QTest::addColumn<Algorithm>("algorithm");
    QTest::addColumn<int>("kernelHeight");
    QTest::addColumn<int>("kernelWidth");
    QTest::newRow("im2col, any kernel") << Algorithm::Im2col << 0 << 0;
    QTest::newRow("pointwise") << Algorithm::Im2col << 1 << 1;
    QTest::newRow("3x3") << Algorithm::WinogradSquare3 << 3 << 3;
    QTest::newRow("1x7") << Algorithm::WinogradRow7 << 1 << 7;
    QTest::newRow("7x1") << Algorithm::WinogradColumn7 << 7 << 1;
}

void TestAdjoint::convolutionIsTransposed()
{
    QFETCH(Algorithm, algorithm);
    QFETCH(int, kernelHeight);
    QFETCH(int, kernelWidth);
    naive::Random random(20);
    for (int round = 0; round < 40; ++round) {
        ConvolutionStep step;
        step.algorithm = algorithm;
        Window &window = step.window;
        if (kernelHeight == 0) {
            window = naive::randomWindow(random, round % 2 == 0);
        } else {
            window.kernelHeight = kernelHeight;
            window.kernelWidth = kernelWidth;
            window.padTop = kernelHeight / 2;
            window.padLeft = kernelWidth / 2;
            window.in = {naive::between(random, 1, 19), naive::between(random, 1, 19),
                         naive::between(random, 1, 40)};
            if (round == 38)
                window.in = {61, 61, 130}; // more tiles than are transformed at a time
            window.out = window.in;
            window.out.channels = naive::between(random, 1, 40);
        }
        const bool accumulate = round % 3 == 0;
        ThreadPool pool(naive::between(random, 1, 3));
        const std::ptrdiff_t inStride = window.in.channels + naive::between(random, 0, 4);
        const std::ptrdiff_t outStride = window.out.channels + naive::between(random, 0, 4);
        const auto x = naive::randomValues(random, window.in.positions() * std::size_t(inStride));
        const auto y = naive::randomValues(random, window.out.positions() * std::size_t(outStride));
        const auto plain =
            naive::randomValues(random, std::size_t(window.depth()) * std::size_t(window.out.channels));
        step.panelWidth = std::array{uncut, 64, 7}[std::size_t(round) % 3];
        std::vector<float> kernel(KernelMatrices(step).size());
        layOutKernel(step, plain.data(), kernel.data());
        std::vector<float> transposed(kernel.size());
        transposeKernel(pool, step, kernel.data(), transposed.data());
        const std::vector<float> noBias(std::size_t(window.out.channels), 0.0F);
        std::vector<float> workspace(
            std::max(workspaceSize(step, pool.threads()), adjointWorkspaceSize(step)) + std::size_t(1));

        std::vector<float> forward(y.size());
        convolve(pool, step,
                 {.source = x.data(),
                  .sourceStride = inStride,
                  .kernel = kernel.data(),
                  .bias = noBias.data(),
                  .destination = forward.data(),
                  .destinationStride = outStride,
                  .accumulate = false,
                  .relu = false},
                 workspace.data(), {});
        const auto before = naive::randomValues(random, x.size());
        auto backward = before;
        convolveAdjoint(pool, step,
                        {.outputGradient = y.data(),
                         .outputStride = outStride,
                         .kernel = transposed.data(),
                         .gradient = backward.data(),
                         .stride = inStride,
                         .accumulate = accumulate},
                        workspace.data(), {});

        const double left =
            inner(forward, outStride, y, outStride, window.out.positions(), window.out.channels);
        double right = inner(x, inStride, backward, inStride, window.in.positions(), window.in.channels);
        if (accumulate)
            right -= inner(x, inStride, before, inStride, window.in.positions(), window.in.channels);
        const double size = std::sqrt(
            inner(forward, outStride, forward, outStride, window.out.positions(), window.out.channels) *
            inner(y, outStride, y, outStride, window.out.positions(), window.out.channels));
        QVERIFY(std::abs(left - right) < 5e-6 * size);
        for (std::size_t i = 0; i < backward.size(); ++i) {
            if (std::ptrdiff_t(i) % inStride >= window.in.channels)
                QCOMPARE(backward[i], before[i]);
        }
    }
}

void TestAdjoint::poolingIsTransposed_data()
{
    QTest::addColumn<bool>("maximum");
    QTest::newRow("maximum") << true;
    QTest::newRow("average") << false;
}

void TestAdjoint::poolingIsTransposed()
{
    QFETCH(bool, maximum);
    naive::Random random(21);
    for (int round = 0; round < 40; ++round) {
        Window window = naive::randomWindow(random, round % 2 == 0);
        if (round == 38)
            window.in.channels = 300; // more than are chosen at a time
        window.out.channels = window.in.channels;
        const int channels = window.in.channels;
        const auto x = naive::randomValues(random, window.in.count());
        const auto y = naive::randomValues(random, window.out.count());
        std::vector<float> forward(y.size());
        const bool accumulate = round % 3 == 0;
        const auto before = naive::randomValues(random, x.size());
        auto backward = before;
        const int split = naive::between(random, 0, window.in.height);
        const int rest = window.in.height - split;
        if (maximum) {
            maxPool(window, x.data(), channels, forward.data(), channels, 0, window.rows());
            std::vector<std::uint8_t> choices(y.size());
            maxPoolChoices(window, x.data(), channels, 0, window.rows(), choices.data());
            for (const auto &[first, lines] : {std::pair(0, split), std::pair(split, rest)})
                maxPoolAdjoint(window, choices.data(), y.data(), channels, first, lines, accumulate,
                               backward.data(), channels);
        } else {
            averagePool(window, x.data(), channels, forward.data(), channels, 0, window.rows());
            for (const auto &[first, lines] : {std::pair(0, split), std::pair(split, rest)})
                averagePoolAdjoint(window, y.data(), channels, first, lines, accumulate, backward.data(),
                                   channels);
        }
        const double left = inner(forward, channels, y, channels, window.out.positions(), channels);
        double right = inner(x, channels, backward, channels, window.in.positions(), channels);
        if (accumulate)
            right -= inner(x, channels, before, channels, window.in.positions(), channels);
        QVERIFY(std::abs(left - right) < 1e-3);
    }
}

void TestAdjoint::firstOfEqualMaximaIsChosen()
{
    Window window;
    window.kernelHeight = window.kernelWidth = 3;
    window.stride = 2;
    window.in = {3, 3, 1};
    window.out = {1, 1, 1};
    const std::vector<float> source{0, 5, 1, 5, 5, 2, 0, 0, 0};
    std::uint8_t choice = 99;
    maxPoolChoices(window, source.data(), 1, 0, 1, &choice);
    QCOMPARE(int(choice), 1);
}

QTEST_APPLESS_MAIN(TestAdjoint)
#include "test_adjoint.moc"
