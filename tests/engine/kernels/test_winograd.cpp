// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/cook_toom.h"
#include "engine/kernels/winograd.h"
#include "naive.h"

#include <QTest>

#include <cmath>

using namespace reslens;

Q_DECLARE_METATYPE(reslens::Algorithm)

class TestWinograd : public QObject
{
    Q_OBJECT

private slots:
    void filtersExactly();
    void equalsTheNaiveTwin_data();
    void equalsTheNaiveTwin();
    void isChosenWhereItPays();
};

/// The defining identity, in double precision: outputs of a filter from products of transforms.
template <int outputs, int taps>
static double filterError()
{
    static constexpr CookToom<outputs, taps> form;
    naive::Random random(9);
    std::normal_distribution<double> normal;
    std::vector<double> data(form.points);
    std::vector<double> kernel(taps);
    std::ranges::generate(data, [&] { return normal(random); });
    std::ranges::generate(kernel, [&] { return normal(random); });

    std::vector<double> products(form.points);
    for (std::size_t i = 0; i < products.size(); ++i) {
        double transformedData = 0;
        double transformedKernel = 0;
        for (std::size_t k = 0; k < data.size(); ++k)
            transformedData += form.input[i][k] * data[k];
        for (std::size_t k = 0; k < kernel.size(); ++k)
            transformedKernel += form.kernel[i][k] * kernel[k];
        products[i] = transformedData * transformedKernel;
    }
    double worst = 0;
    for (std::size_t j = 0; j < outputs; ++j) {
        double result = 0;
        double expected = 0;
        for (std::size_t i = 0; i < products.size(); ++i)
            result += form.output[j][i] * products[i];
        for (std::size_t k = 0; k < kernel.size(); ++k)
            expected += kernel[k] * data[j + k];
        worst = std::max(worst, std::abs(result - expected));
    }
    return worst;
}

void TestWinograd::filtersExactly()
{
    QVERIFY((filterError<2, 3>() < 1e-12));
    QVERIFY((filterError<4, 3>() < 1e-12));
    QVERIFY((filterError<4, 5>() < 1e-12));
    QVERIFY((filterError<4, 7>() < 1e-11));
    QVERIFY((filterError<1, 1>() < 1e-15));
}

void TestWinograd::equalsTheNaiveTwin_data()
{
    QTest::addColumn<Algorithm>("algorithm");
    QTest::addColumn<int>("kernelHeight");
    QTest::addColumn<int>("kernelWidth");
    QTest::newRow("3x3") << Algorithm::WinogradSquare3 << 3 << 3;
    QTest::newRow("1x7") << Algorithm::WinogradRow7 << 1 << 7;
    QTest::newRow("7x1") << Algorithm::WinogradColumn7 << 7 << 1;
}

void TestWinograd::equalsTheNaiveTwin()
{
    QFETCH(Algorithm, algorithm);
    QFETCH(int, kernelHeight);
    QFETCH(int, kernelWidth);
    const WinogradForm form = winogradForm(algorithm);
    naive::Random random(10);
    for (int round = 0; round < 40; ++round) {
        const bool same = round % 2 == 0;
        const int margin = same ? 0 : 1;
        Window window;
        window.kernelHeight = kernelHeight;
        window.kernelWidth = kernelWidth;
        window.in = {naive::between(random, margin * kernelHeight + 1, 20),
                     naive::between(random, margin * kernelWidth + 1, 20), naive::between(random, 1, 50)};
        window.out = {window.in.height - margin * (kernelHeight - 1),
                      window.in.width - margin * (kernelWidth - 1), naive::between(random, 1, 50)};
        window.padTop = same ? (kernelHeight - 1) / 2 : 0;
        window.padLeft = same ? (kernelWidth - 1) / 2 : 0;
        const bool rectified = round % 3 == 0;

        const std::size_t channels = std::size_t(window.in.channels);
        const std::size_t filters = std::size_t(window.out.channels);
        const std::ptrdiff_t sourceStride = window.in.channels + naive::between(random, 0, 5);
        const std::ptrdiff_t stride = window.out.channels + naive::between(random, 0, 5);
        const auto source = naive::randomValues(random, window.in.positions() * std::size_t(sourceStride));
        const auto kernel = naive::randomValues(random, std::size_t(window.depth()) * filters);
        const auto bias = naive::randomValues(random, filters);
        const auto before = naive::randomValues(random, std::size_t(window.rows()) * std::size_t(stride));
        auto after = before;

        std::vector<float> transformed(std::size_t(form.points) * channels * filters);
        winogradKernel(algorithm, window, kernel.data(), transformed.data());
        // In two goes, as the threads do it.
        const int tiles = form.tiles(window);
        for (int first = 0; first < tiles; first += (tiles + 1) / 2) {
            const int count = std::min((tiles + 1) / 2, tiles - first);
            const std::size_t inputPoint = std::size_t(count) * channels;
            const std::size_t productPoint = std::size_t(count) * filters;
            std::vector<float> inputs(std::size_t(form.points) * inputPoint);
            std::vector<float> products(std::size_t(form.points) * productPoint);
            winogradInput(algorithm, window, source.data(), sourceStride, first, count, inputs.data(),
                          inputPoint);
            for (std::size_t p = 0; p < std::size_t(form.points); ++p) {
                for (std::size_t t = 0; t < std::size_t(count); ++t) {
                    for (std::size_t f = 0; f < filters; ++f) {
                        double sum = 0;
                        for (std::size_t c = 0; c < channels; ++c)
                            sum += double(inputs[p * inputPoint + t * channels + c]) *
                                   double(transformed[(p * channels + c) * filters + f]);
                        products[p * productPoint + t * filters + f] = float(sum);
                    }
                }
            }
            winogradOutput(algorithm, window, products.data(), productPoint, first, count, bias.data(),
                           rectified, after.data(), stride);
        }

        for (int row = 0; row < window.rows(); ++row) {
            for (int c = 0; c < int(stride); ++c) {
                const std::size_t index = std::size_t(row * stride + c);
                if (c >= window.out.channels) {
                    QCOMPARE(after[index], before[index]);
                    continue;
                }
                double expected = naive::convolutionAt(window, source.data(), sourceStride, kernel.data(),
                                                       row / window.out.width, row % window.out.width, c) +
                                  double(bias[std::size_t(c)]);
                if (rectified)
                    expected = std::max(expected, 0.0);
                const double tolerance = 3e-5 * std::sqrt(double(window.depth()) + 1);
                QVERIFY(std::abs(double(after[index]) - expected) <= tolerance);
            }
        }
    }
}

void TestWinograd::isChosenWhereItPays()
{
    const Window wide{.in = {35, 35, 256}, .out = {35, 35, 256}, .kernelHeight = 3, .kernelWidth = 3};
    QVERIFY(chooseAlgorithm(wide) == Algorithm::WinogradSquare3);
    const Window row{
        .in = {17, 17, 128}, .out = {17, 17, 160}, .kernelHeight = 1, .kernelWidth = 7, .padLeft = 3};
    QVERIFY(chooseAlgorithm(row) == Algorithm::WinogradRow7);
    const Window column{
        .in = {17, 17, 160}, .out = {17, 17, 192}, .kernelHeight = 7, .kernelWidth = 1, .padTop = 3};
    QVERIFY(chooseAlgorithm(column) == Algorithm::WinogradColumn7);
    const Window narrow{.in = {9, 9, 3}, .out = {9, 9, 4}, .kernelHeight = 3, .kernelWidth = 3};
    QVERIFY(chooseAlgorithm(narrow) == Algorithm::Im2col);
    Window strided = wide;
    strided.stride = 2;
    QVERIFY(chooseAlgorithm(strided) == Algorithm::Im2col);
    const Window pointwise{.in = {17, 17, 1088}, .out = {17, 17, 192}};
    QVERIFY(chooseAlgorithm(pointwise) == Algorithm::Im2col);
}

QTEST_APPLESS_MAIN(TestWinograd)
#include "test_winograd.moc"
