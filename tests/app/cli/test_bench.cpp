// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/cli/cli_fixture.h"

#include <QtTest>

using namespace reslens::test;

class BenchTest : public QObject
{
    Q_OBJECT

    ModelFolder m_folder;
    QString m_model = m_folder.path("model.h5");

private slots:
    void jsonFollowsTheContract()
    {
        const CliResult result =
            runCli({"bench", "--model", m_model, "--threads", "1", "--repeat", "3", "--json"});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.keys(), QStringList({"gemm_floor_ms", "gemm_kernels", "load_ms", "median_ms",
                                             "min_ms", "model", "peak_rss_mb", "repeat", "threads"}));
        const QJsonObject json = result.json();
        QCOMPARE(json["model"].toString(), QString("model.h5"));
        QCOMPARE(json["threads"].toInt(), 1);
        QCOMPARE(json["repeat"].toInt(), 3);
        QVERIFY(json["min_ms"].toDouble() > 0);
        QVERIFY(json["median_ms"].toDouble() >= json["min_ms"].toDouble());
        QVERIFY(json["gemm_floor_ms"].toDouble() > 0);
        QVERIFY(!json["gemm_kernels"].toString().isEmpty());
        QVERIFY(json["load_ms"].toDouble() > 0);
        QVERIFY(json["peak_rss_mb"].toDouble() > 5);
    }

    void visualizationsAreMeasuredWhenAskedFor()
    {
        const QJsonObject costs =
            runCli({"bench", "--model", m_model, "--repeat", "1", "--visualizations", "--json"})
                .json()["visualizations_ms"]
                .toObject();
        QCOMPARE(costs.keys(), QStringList({"captured", "direct", "forward", "gradient", "lesion block17_1",
                                            "lesion block8_1"}));
        for (const QJsonValue &cost : costs)
            QVERIFY(cost.toDouble() > 0);

        const CliResult text = runCli({"bench", "--model", m_model, "--repeat", "1", "--visualizations"});
        QVERIFY(text.out.contains("lesion block8_1"));
        const CliResult noTop =
            runCli({"bench", "--model", m_folder.path("notop.h5"), "--repeat", "1", "--visualizations"});
        QCOMPARE(noTop.status, 1);
        QVERIFY(noTop.err.contains("no classification head"));
    }

    void textSaysItInWords()
    {
        const CliResult result = runCli({"bench", "--model", m_folder.path("notop.h5"), "--repeat", "1"});
        QCOMPARE(result.status, 0);
        for (const char *text : {"notop.h5, 75 × 75", "latency", "bare SGEMM", "load", "peak memory"})
            QVERIFY2(result.out.contains(text), text);
    }
};

QTEST_GUILESS_MAIN(BenchTest)
#include "test_bench.moc"
