// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/maps/maps_fixture.h"
#include "ui/maps/histogram.h"
#include "ui/maps/profile.h"

#include <QXmlStreamReader>
#include <QtTest>

using namespace reslens;
using test::makeMaps;

/// The plots beside a channel's map, and what can be taken from them.
class TestPlots : public QObject
{
    Q_OBJECT

private slots:
    void theProfileStartsAtTheGreatestValue()
    {
        QCOMPARE(greatestPosition(channel()), QPoint(5, 1));
        Profile profile;
        profile.setChannel(m_maps, channel(), -7, 9);
        const ChartTable table = profile.table();
        QCOMPARE(table.columns[1], QStringLiteral("row 1"));
        QCOMPARE(table.columns[2], QStringLiteral("column 5"));
    }

    void theProfileIsTheRowAndTheColumn()
    {
        Profile profile;
        profile.setChannel(m_maps, channel(), -7, 9);
        profile.setUnit(QPoint(2, 3));
        const ChartTable table = profile.table();
        QCOMPARE(int(table.rows.size()), 6);
        for (int i = 0; i < 6; ++i) {
            const QStringList &row = table.rows[std::size_t(i)];
            QCOMPARE(row[0].toInt(), i);
            QCOMPARE(row[1].toFloat(), *channel().at(3, i));
            if (i < 4)
                QCOMPARE(row[2].toFloat(), *channel().at(i, 2));
            else
                QVERIFY(row[2].isEmpty());
        }
        // A smaller map has no such unit.
        const BlockMapsPtr small = makeMaps({2, 2, 1}, [](int y, int x, int) { return float(y + x); });
        profile.setChannel(small, small->maps[0].tensor->view(), 0, 2);
        QCOMPARE(profile.table().columns[1], QStringLiteral("row 1"));
    }

    void theHistogramCountsEveryValue()
    {
        Histogram histogram;
        histogram.setChannel(channel(), -7, 9, {});
        int sum = 0;
        for (const QStringList &row : histogram.table().rows) {
            QVERIFY(row[0].toDouble() < row[1].toDouble());
            sum += row[2].toInt();
        }
        QCOMPARE(sum, 4 * 6);
    }

    void chartsAreDrawings()
    {
        Profile profile;
        profile.resize(300, 140);
        profile.setChannel(m_maps, channel(), -7, 9);
        profile.grab();
        const QByteArray svg = profile.findChild<ChartMenu *>()->svg();
        QXmlStreamReader xml(svg);
        int paths = 0;
        while (!xml.atEnd())
            paths += xml.readNext() == QXmlStreamReader::StartElement &&
                     (xml.name() == QLatin1String("polyline") || xml.name() == QLatin1String("path"));
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY2(paths >= 2, svg.constData());
        QVERIFY(!svg.contains("<image"));
    }

    void tablesAreQuoted()
    {
        const ChartTable table{{QStringLiteral("name"), QStringLiteral("value")},
                               {{QStringLiteral("a, \"b\""), exactNumber(0.1)}}};
        QCOMPARE(table.text(u','), QStringLiteral("name,value\n\"a, \"\"b\"\"\",0.1\n"));
        QCOMPARE(exactNumber(double(0.1F)).toFloat(), 0.1F);
    }

private:
    TensorView channel() const { return channelOf(m_maps->maps[0].tensor->view(), 1); }

    BlockMapsPtr m_maps = makeMaps({4, 6, 2}, [](int y, int x, int c) {
        return y == 1 && x == 5 ? 9.0F : float(x - 2 * y) - float(c) * 0.5F;
    });
};

QTEST_MAIN(TestPlots)
#include "test_plots.moc"
