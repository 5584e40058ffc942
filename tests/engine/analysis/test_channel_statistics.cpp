// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/channel_statistics.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace reslens;

class ChannelStatisticsTest : public QObject
{
    Q_OBJECT

    std::mt19937 m_random{20160223};

    Tensor randomMap(const Shape &shape)
    {
        Tensor map(shape);
        std::normal_distribution<float> values(0.5F, 2);
        for (float &value : map.values())
            value = std::max(0.0F, values(m_random));
        return map;
    }

private slots:
    void equalsEachChannelByItself()
    {
        std::uniform_int_distribution<int> side(1, 9);
        for (int round = 0; round < 50; ++round) {
            const Tensor map = randomMap({side(m_random), side(m_random), 3 * side(m_random)});
            const std::vector<Statistics> all = channelStatistics(map.view());
            QCOMPARE(int(all.size()), map.shape().channels);
            for (int channel = 0; channel < map.shape().channels; ++channel) {
                const Statistics naive = statisticsOf(channelOf(map.view(), channel));
                const Statistics &fast = all[std::size_t(channel)];
                QCOMPARE(fast.minimum, naive.minimum);
                QCOMPARE(fast.maximum, naive.maximum);
                QCOMPARE(fast.shareOfZeros, naive.shareOfZeros);
                QVERIFY(std::abs(fast.mean - naive.mean) < 1e-12);
                QVERIFY(std::abs(fast.standardDeviation - naive.standardDeviation) < 1e-12);
            }
        }
    }

    void readsSlicesOfWiderMaps()
    {
        const Tensor whole = randomMap({4, 5, 12});
        const TensorView slice{whole.data() + 3, {4, 5, 6}, 12};
        const auto expected = channelStatistics(whole.view());
        const auto found = channelStatistics(slice);
        for (std::size_t channel = 0; channel < 6; ++channel)
            QCOMPARE(found[channel], expected[channel + 3]);
    }

    void withoutPositionsAllIsZero()
    {
        const Tensor empty(Shape{0, 4, 2});
        QCOMPARE(channelStatistics(empty.view()), std::vector<Statistics>(2));
        QCOMPARE(percentileLimits(empty.view(), 0.01), std::pair(0.0F, 0.0F));
    }

    void limitsAreTheSortedValues()
    {
        const Tensor map = randomMap({7, 9, 4});
        std::vector<float> sorted(map.values().begin(), map.values().end());
        std::sort(sorted.begin(), sorted.end());
        for (const double cut : {0.0, 0.005, 0.01, 0.05, 0.3, 0.499}) {
            const auto rank = std::size_t(std::lround(cut * double(sorted.size() - 1)));
            const auto [low, high] = percentileLimits(map.view(), cut);
            QCOMPARE(low, sorted[rank]);
            QCOMPARE(high, sorted[sorted.size() - 1 - rank]);
        }
    }

    void oneValueIsBothLimits()
    {
        Tensor map({1, 1, 1});
        map.at(0, 0, 0) = -3;
        QCOMPARE(percentileLimits(map.view(), 0.05), std::pair(-3.0F, -3.0F));
    }
};

QTEST_APPLESS_MAIN(ChannelStatisticsTest)
#include "test_channel_statistics.moc"
