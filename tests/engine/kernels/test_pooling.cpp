// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/pooling.h"
#include "naive.h"

#include <QTest>

#include <cmath>

using namespace reslens;

class TestPooling : public QObject
{
    Q_OBJECT

private slots:
    void equalsTheNaiveTwin_data();
    void equalsTheNaiveTwin();
    void globalAverageIsTheMeanOfEachChannel();
};

void TestPooling::equalsTheNaiveTwin_data()
{
    QTest::addColumn<bool>("maximum");
    QTest::addColumn<bool>("same");
    QTest::newRow("maximum, valid") << true << false;
    QTest::newRow("maximum, same") << true << true;
    QTest::newRow("average, valid") << false << false;
    QTest::newRow("average, same") << false << true;
}

void TestPooling::equalsTheNaiveTwin()
{
    QFETCH(bool, maximum);
    QFETCH(bool, same);
    naive::Random random(5);
    for (int round = 0; round < 60; ++round) {
        Window window = naive::randomWindow(random, same);
        window.out.channels = window.in.channels;
        const std::ptrdiff_t sourceStride = window.in.channels + naive::between(random, 0, 5);
        const std::ptrdiff_t stride = window.in.channels + naive::between(random, 0, 5);
        const auto source = naive::randomValues(random, window.in.positions() * std::size_t(sourceStride));
        const auto before = naive::randomValues(random, std::size_t(window.rows()) * std::size_t(stride));
        auto after = before;
        const int first = naive::between(random, 0, window.rows() - 1);
        const int rows = naive::between(random, 1, window.rows() - first);
        (maximum ? maxPool : averagePool)(window, source.data(), sourceStride, after.data(), stride, first,
                                          rows);

        for (int row = 0; row < window.rows(); ++row) {
            for (int c = 0; c < int(stride); ++c) {
                const std::size_t index = std::size_t(row * stride + c);
                if (row < first || row >= first + rows || c >= window.in.channels) {
                    QCOMPARE(after[index], before[index]);
                    continue;
                }
                const auto twin = maximum ? naive::maximumAt : naive::averageAt;
                const double expected = twin(window, source.data(), sourceStride, row / window.out.width,
                                             row % window.out.width, c);
                QVERIFY(std::abs(double(after[index]) - expected) < 1e-5);
            }
        }
    }
}

void TestPooling::globalAverageIsTheMeanOfEachChannel()
{
    naive::Random random(6);
    const Shape shape{9, 7, 33};
    const std::ptrdiff_t stride = 40;
    const auto source = naive::randomValues(random, shape.positions() * std::size_t(stride));
    std::vector<float> means(std::size_t(shape.channels));
    globalAveragePool(shape, source.data(), stride, means.data());
    for (int c = 0; c < shape.channels; ++c) {
        double sum = 0;
        for (int p = 0; p < int(shape.positions()); ++p)
            sum += double(source[std::size_t(p * stride + c)]);
        QVERIFY(std::abs(double(means[std::size_t(c)]) - sum / double(shape.positions())) < 1e-5);
    }
}

QTEST_APPLESS_MAIN(TestPooling)
#include "test_pooling.moc"
