// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/parallel/thread_pool.h"

#include <QTest>

#include <numeric>

using namespace reslens;

class TestThreadPool : public QObject
{
    Q_OBJECT

private slots:
    void everyTaskRunsOnce_data();
    void everyTaskRunsOnce();
    void sleepersWakeUp();
};

void TestThreadPool::everyTaskRunsOnce_data()
{
    QTest::addColumn<int>("threads");
    for (const int threads : {1, 2, 3, 8})
        QTest::addRow("%d threads", threads) << threads;
}

void TestThreadPool::everyTaskRunsOnce()
{
    QFETCH(int, threads);
    ThreadPool pool(threads);
    QCOMPARE(pool.threads(), threads);
    for (int round = 0; round < 2000; ++round) {
        const int tasks = round % 17;
        std::vector<std::atomic<int>> calls(std::size_t(tasks + 1));
        std::atomic<bool> strangers = false;
        pool.run(tasks, [&](int index, int worker) {
            ++calls[std::size_t(index)];
            if (worker < 0 || worker >= threads)
                strangers = true;
        });
        QVERIFY(!strangers);
        for (int i = 0; i < tasks; ++i)
            QCOMPARE(calls[std::size_t(i)].load(), 1);
        QCOMPARE(calls[std::size_t(tasks)].load(), 0);
    }
}

void TestThreadPool::sleepersWakeUp()
{
    ThreadPool pool(4);
    for (int round = 0; round < 5; ++round) {
        QTest::qSleep(20);
        std::atomic<int> sum = 0;
        pool.run(100, [&](int index, int) { sum += index; });
        QCOMPARE(sum.load(), 4950);
    }
}

QTEST_APPLESS_MAIN(TestThreadPool)
#include "test_thread_pool.moc"
