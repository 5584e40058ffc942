// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/statistics.h"

#include <QtTest>

#include <cmath>
#include <random>

using namespace reslens;

class StatisticsTest : public QObject
{
    Q_OBJECT

    std::mt19937 m_random{20160223};

    Tensor randomMap(const Shape &shape, float offset)
    {
        Tensor map(shape);
        std::normal_distribution<float> values(0, 2);
        for (float &value : map.values())
            value = std::max(0.0F, values(m_random)) + offset;
        return map;
    }

    Shape randomShape()
    {
        std::uniform_int_distribution<int> side(1, 9);
        return {side(m_random), side(m_random), side(m_random) * 3};
    }

    /// The textbook formulas, element by element through at().
    static Statistics naive(const Tensor &map, int firstChannel, int lastChannel)
    {
        Statistics result;
        result.minimum = INFINITY;
        result.maximum = -INFINITY;
        double n = 0, sum = 0, zeros = 0;
        for (int pass = 0; pass < 2; ++pass) {
            for (int y = 0; y < map.shape().height; ++y) {
                for (int x = 0; x < map.shape().width; ++x) {
                    for (int channel = firstChannel; channel < lastChannel; ++channel) {
                        const float value = map.at(y, x, channel);
                        if (pass == 0) {
                            n += 1;
                            sum += value;
                            zeros += value == 0;
                            result.minimum = std::min(result.minimum, value);
                            result.maximum = std::max(result.maximum, value);
                        } else {
                            result.standardDeviation += std::pow(value - sum / n, 2) / n;
                        }
                    }
                }
            }
        }
        result.mean = sum / n;
        result.standardDeviation = std::sqrt(result.standardDeviation);
        result.shareOfZeros = zeros / n;
        return result;
    }

    static bool close(const Statistics &a, const Statistics &b)
    {
        return a.minimum == b.minimum && a.maximum == b.maximum && std::abs(a.mean - b.mean) < 1e-9 &&
               std::abs(a.standardDeviation - b.standardDeviation) < 1e-9 &&
               std::abs(a.shareOfZeros - b.shareOfZeros) < 1e-12;
    }

private slots:
    void agreeWithTheTextbook()
    {
        for (int round = 0; round < 20; ++round) {
            const Tensor map = randomMap(randomShape(), round % 2 == 0 ? 0.0F : 1000.0F);
            QVERIFY(close(statisticsOf(map.view()), naive(map, 0, map.shape().channels)));
        }
    }

    void readASliceOfAWiderMap()
    {
        const Tensor wide = randomMap({5, 4, 12}, 0);
        const TensorView slice{wide.data() + 3, {5, 4, 6}, 12};
        QVERIFY(close(statisticsOf(slice), naive(wide, 3, 9)));

        const Tensor mean = channelMean(slice);
        QVERIFY(mean.shape() == (Shape{5, 4, 1}));
        for (int y = 0; y < 5; ++y) {
            for (int x = 0; x < 4; ++x) {
                double sum = 0;
                for (int channel = 3; channel < 9; ++channel)
                    sum += wide.at(y, x, channel);
                QVERIFY(std::abs(mean.at(y, x, 0) - sum / 6) < 1e-6);
            }
        }
    }

    void anEmptyMapIsAllZeros()
    {
        QVERIFY(statisticsOf(TensorView{}) == Statistics{});
        QCOMPARE(channelMean(TensorView{}).shape().count(), std::size_t(0));
    }
};

QTEST_APPLESS_MAIN(StatisticsTest)
#include "test_statistics.moc"
