// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/parallel/cpu_quota.h"

#include <QTest>

using namespace reslens;

class TestCpuQuota : public QObject
{
    Q_OBJECT

private slots:
    void countsCores_data();
    void countsCores();
};

void TestCpuQuota::countsCores_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("cores"); // 0 for no limit

    const auto row = [](const char *text, int cores) { QTest::newRow(text) << text << cores; };
    row("200000 100000", 2);
    row("200000 100000\n", 2);
    row("100000 100000", 1);
    row("150000 100000", 2);
    row("200001 100000", 3);
    row("5000 100000", 1);
    row("9223372036854775807 1", 2147483647);
    row("max 100000", 0);
    row("max 100000\n", 0);
    row("-1 100000", 0);
    row("0 100000", 0);
    row("200000 0", 0);
    row("200000", 0);
    row(" ", 0);
    row("two cores", 0);
}

void TestCpuQuota::countsCores()
{
    QFETCH(const QString, text);
    QFETCH(const int, cores);
    QCOMPARE(coresOfQuota(text.toStdString()).value_or(0), cores);
}

QTEST_APPLESS_MAIN(TestCpuQuota)
#include "test_cpu_quota.moc"
