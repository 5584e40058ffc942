// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/maps/maps_fixture.h"
#include "ui/maps/channel_filter.h"
#include "ui/maps/channel_model.h"
#include "ui/maps/controls.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QtTest>
#include <cmath>
#include <limits>
#include <random>

using namespace reslens;
using test::makeMaps;

namespace {

/// Random after a ReLU; channels 2 and 5 are dead.
BlockMapsPtr randomMaps(int channels)
{
    std::mt19937 random(20160223);
    std::normal_distribution<float> values(0, 2);
    return makeMaps({4, 5, channels}, [&](int, int, int channel) {
        return channel == 2 || channel == 5 ? 0.0F : std::max(0.0F, values(random));
    });
}

std::vector<int> order(const ChannelFilter &filter)
{
    std::vector<int> channels;
    for (int row = 0; row < filter.rowCount(); ++row)
        channels.push_back(filter.index(row, 0).data(ChannelModel::ChannelRole).toInt());
    return channels;
}

} // namespace

class TestChannels : public QObject
{
    Q_OBJECT

private slots:
    void modelKeepsItsPromises()
    {
        ChannelModel model;
        ChannelFilter filter;
        filter.setSourceModel(&model);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester filterTester(&filter,
                                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        model.setMap(randomMaps(12), 0);
        QCOMPARE(model.rowCount(), 12);
        filter.sortBy(ChannelModel::MeanRole);
        filter.setHidesDead(true);
        model.setMap(randomMaps(9), 0);
        filter.setChannels(QStringLiteral("1-4"));
        model.setColouring({ColorMap::Grey, Contrast::Tensor, 0.01});
        model.setMap(nullptr, 0);
        QCOMPARE(model.rowCount(), 0);
    }

    void figuresAreThoseOfTheTensor()
    {
        ChannelModel model;
        const BlockMapsPtr maps = randomMaps(8);
        model.setMap(maps, 0);
        for (int channel = 0; channel < 8; ++channel) {
            const Statistics figures = statisticsOf(channelOf(maps->maps[0].tensor->view(), channel));
            const QModelIndex index = model.index(channel);
            QCOMPARE(index.data().toString(), QStringLiteral("ch%1").arg(channel));
            QCOMPARE(index.data(ChannelModel::MinimumRole).toDouble(), double(figures.minimum));
            QCOMPARE(index.data(ChannelModel::MaximumRole).toDouble(), double(figures.maximum));
            QVERIFY(std::abs(index.data(ChannelModel::MeanRole).toDouble() - figures.mean) < 1e-12);
            QVERIFY(std::abs(index.data(ChannelModel::VarianceRole).toDouble() -
                             std::pow(figures.standardDeviation, 2)) < 1e-12);
            QCOMPARE(index.data(ChannelModel::ZerosRole).toDouble(), figures.shareOfZeros);
            QCOMPARE(index.data(ChannelModel::DeadRole).toBool(), channel == 2 || channel == 5);
            QVERIFY(index.data(Qt::AccessibleTextRole)
                        .toString()
                        .contains(QStringLiteral("channel %1").arg(channel)));
        }
    }

    void sameNumberOfChannelsKeepsTheRows()
    {
        ChannelModel model;
        model.setMap(randomMaps(8), 0);
        const QPersistentModelIndex third(model.index(3));
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.setMap(randomMaps(8), 0);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(changes.count(), 1);
        QVERIFY(third.isValid());
        model.setMap(randomMaps(9), 0);
        QCOMPARE(resets.count(), 1);
    }

    void sorts_data()
    {
        QTest::addColumn<int>("role");
        QTest::newRow("number") << int(ChannelModel::ChannelRole);
        QTest::newRow("mean") << int(ChannelModel::MeanRole);
        QTest::newRow("maximum") << int(ChannelModel::MaximumRole);
        QTest::newRow("variance") << int(ChannelModel::VarianceRole);
        QTest::newRow("zeros") << int(ChannelModel::ZerosRole);
    }

    void sorts()
    {
        QFETCH(int, role);
        ChannelModel model;
        ChannelFilter filter;
        filter.setSourceModel(&model);
        filter.sortBy(role);
        model.setMap(randomMaps(40), 0);
        std::vector<int> expected(40);
        std::iota(expected.begin(), expected.end(), 0);
        if (role != ChannelModel::ChannelRole)
            std::stable_sort(expected.begin(), expected.end(), [&](int a, int b) {
                return model.index(a).data(role).toDouble() > model.index(b).data(role).toDouble();
            });
        QCOMPARE(order(filter), expected);
        // Another picture through the same block: sorted anew.
        model.setMap(
            makeMaps({4, 5, 40}, [](int y, int x, int c) { return float((7 * c + x * y * c) % 11); }), 0);
        for (int row = 1; row < 40; ++row) {
            const double before = filter.index(row - 1, 0).data(role).toDouble();
            const double now = filter.index(row, 0).data(role).toDouble();
            QVERIFY(role == ChannelModel::ChannelRole ? before < now : before >= now);
        }
    }

    void filters()
    {
        ChannelModel model;
        ChannelFilter filter;
        filter.setSourceModel(&model);
        model.setMap(randomMaps(8), 0);
        filter.setHidesDead(true);
        QCOMPARE(order(filter), std::vector<int>({0, 1, 3, 4, 6, 7}));
        filter.setChannels(QStringLiteral("ch7, 1-3"));
        QCOMPARE(order(filter), std::vector<int>({1, 3, 7}));
        filter.setHidesDead(false);
        QCOMPARE(order(filter), std::vector<int>({1, 2, 3, 7}));
        QVERIFY(filter.setChannels(QStringLiteral("1, 6-")));
        QCOMPARE(order(filter), std::vector<int>({1, 6, 7}));
        // On the way to what is meant, the tiles stay.
        QVERIFY(!filter.setChannels(QStringLiteral("1, 6-, c")));
        QCOMPARE(order(filter), std::vector<int>({1, 6, 7}));
        QVERIFY(filter.setChannels(QString()));
        QCOMPARE(filter.rowCount(), 8);
    }

    void aFilterThatCannotBeReadIsMarked()
    {
        ChannelModel model;
        ChannelFilter filter;
        filter.setSourceModel(&model);
        FilterControls controls(&filter);
        model.setMap(randomMaps(8), 0);
        auto *field = controls.findChild<QLineEdit *>();
        const auto says = [&controls](const char *text) {
            return std::ranges::any_of(controls.findChildren<QLabel *>(), [text](const QLabel *label) {
                return label->text() == QString::fromUtf8(text);
            });
        };
        const QColor usual = field->palette().color(QPalette::Text);
        QTest::keyClicks(field, QStringLiteral("0-2,x"));
        QVERIFY(says("Write as 12, 40–55"));
        QVERIFY(field->palette().color(QPalette::Text) != usual);
        QCOMPARE(order(filter), std::vector<int>({0, 1, 2}));
        QTest::keyClick(field, Qt::Key_Backspace);
        QVERIFY(says("3 of 8 channels"));
        QCOMPARE(field->palette().color(QPalette::Text), usual);
    }

    void readsChannelNumbers()
    {
        using Ranges = std::vector<std::pair<int, int>>;
        QCOMPARE(parseChannels({}), std::optional(Ranges{}));
        QCOMPARE(parseChannels(QStringLiteral(" 12 ")), std::optional(Ranges{{12, 12}}));
        QCOMPARE(parseChannels(QStringLiteral("ch3,9;40 – 31 5-6")),
                 std::optional(Ranges{{3, 3}, {9, 9}, {31, 40}, {5, 6}}));
        QCOMPARE(parseChannels(QStringLiteral("3 –, 9")),
                 std::optional(Ranges{{3, std::numeric_limits<int>::max()}, {9, 9}}));
        for (const auto *wrong : {"x", "1,x", "-", "-3", "9999999", "1.5"})
            QVERIFY2(!parseChannels(QLatin1String(wrong)), wrong);
    }

    void lockedContrastOutlivesThePicture()
    {
        ChannelModel model;
        model.setMap(makeMaps({2, 3, 2}, [](int y, int x, int c) { return float(x + y + 10 * c); }), 0);
        model.setColouring({ColorMap::Grey, Contrast::Locked, 0});
        QCOMPARE(model.scale(0), (ColorScale{ColorMap::Grey, 0, 13}));
        const BlockMapsPtr brighter = makeMaps({2, 3, 2}, [](int, int x, int) { return float(100 * x); });
        model.setMap(brighter, 0);
        QCOMPARE(model.scale(0), (ColorScale{ColorMap::Grey, 0, 13}));
        QCOMPARE(model.colouring().locked, std::optional(std::pair(0.0F, 13.0F)));
        // Unlocked and locked again, it takes what is shown.
        model.setColouring({ColorMap::Grey, Contrast::Tensor, 0});
        QCOMPARE(model.scale(0), (ColorScale{ColorMap::Grey, 0, 200}));
        model.setColouring({ColorMap::Grey, Contrast::Locked, 0});
        model.setMap(makeMaps({2, 3, 2}, [](int, int, int) { return 1.0F; }), 0);
        QCOMPARE(model.scale(1), (ColorScale{ColorMap::Grey, 0, 200}));
    }

    void scoresSort()
    {
        ChannelModel model;
        ChannelFilter filter;
        filter.setSourceModel(&model);
        const BlockMapsPtr maps = randomMaps(4);
        model.setMap(maps, 0);
        filter.sortBy(ChannelModel::ScoreRole);
        QCOMPARE(order(filter), (std::vector<int>{0, 1, 2, 3}));
        auto scores = std::make_shared<ChannelScores>();
        scores->block = maps->index;
        scores->scores = {{-1, 0.5, 2, 0}};
        model.setScores(scores);
        QCOMPARE(order(filter), (std::vector<int>{2, 1, 3, 0}));
        QVERIFY(model.index(2).data(Qt::ToolTipRole).toString().contains(QStringLiteral("gradient")));
        model.setScores(nullptr);
        QCOMPARE(model.index(2).data(ChannelModel::ScoreRole).toDouble(), 0.0);
    }

    void picturesFollowTheColouring()
    {
        ChannelModel model;
        const BlockMapsPtr maps =
            makeMaps({2, 3, 2}, [](int y, int x, int c) { return float(x + y + 10 * c); });
        model.setMap(maps, 0);
        const auto expected = [](ColorMap map, float t) {
            const Rgb rgb = colour(map, t);
            return qRgb(rgb[0], rgb[1], rgb[2]);
        };
        QCOMPARE(model.picture(0).size(), QSize(3, 2));
        // Automatic: from 0 to the channel's greatest value.
        QCOMPARE(model.picture(0).pixel(0, 0), expected(ColorMap::Viridis, 0));
        QCOMPARE(model.picture(0).pixel(2, 1), expected(ColorMap::Viridis, 1));
        QCOMPARE(model.scale(1), (ColorScale{ColorMap::Viridis, 0, 13}));
        model.setColouring({ColorMap::Grey, Contrast::Map, 0});
        QCOMPARE(model.scale(1), (ColorScale{ColorMap::Grey, 10, 13}));
        QCOMPARE(model.picture(1).pixel(0, 0), expected(ColorMap::Grey, 0));
        model.setColouring({ColorMap::Grey, Contrast::Tensor, 0});
        QCOMPARE(model.scale(0), (ColorScale{ColorMap::Grey, 0, 13}));
        QCOMPARE(model.picture(1).pixel(2, 1), expected(ColorMap::Grey, 1));
        QVERIFY(qGray(model.picture(0).pixel(2, 1)) < 64);
    }
};

QTEST_MAIN(TestChannels)
#include "test_channels.moc"
