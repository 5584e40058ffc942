// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/parallel/thread_pool.h"

#include <QTest>

#if defined(__linux__)
#include <sched.h>
#endif

#include <atomic>
#include <vector>

using namespace reslens;

namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr int manyRounds = 100'000;
#else
constexpr int manyRounds = 3'000'000;
#endif

} // namespace

class TestThreadPool : public QObject
{
    Q_OBJECT

private slots:
    void everyTaskRunsOnce_data();
    void everyTaskRunsOnce();
    void lateThreadsTakeNothing_data() { everyTaskRunsOnce_data(); }
    void lateThreadsTakeNothing();
    void sleepersWakeUp();
    void coresAreThoseOfTheAffinity();
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

/// Longer jobs right after short ones: a thread that comes late to a short one must not mistake the next
/// one's tasks for its own. Millions of jobs after pauses of all lengths, since the moment to do so is some
/// nanoseconds long; nothing else is done between them, which would hide it.
void TestThreadPool::lateThreadsTakeNothing()
{
    QFETCH(int, threads);
    ThreadPool pool(threads);
    std::atomic<int> calls = 0;
    const auto task = [&](int, int) { calls.fetch_add(1, std::memory_order_relaxed); };
    for (int round = 0; round < manyRounds; ++round) {
        pool.run(2, task);
        std::atomic<int> pause = round % 97;
        while (pause > 0)
            pause.store(pause - 1, std::memory_order_relaxed);
        pool.run(8, task);
    }
    QCOMPARE(calls.load(), 10 * manyRounds);
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

void TestThreadPool::coresAreThoseOfTheAffinity()
{
#if defined(__linux__)
    cpu_set_t before;
    QCOMPARE(sched_getaffinity(0, sizeof before, &before), 0);
    QVERIFY(ThreadPool::availableCores() <= CPU_COUNT(&before));
    cpu_set_t one;
    CPU_ZERO(&one);
    for (int core = 0; CPU_COUNT(&one) == 0; ++core)
        if (CPU_ISSET(core, &before))
            CPU_SET(core, &one);
    QCOMPARE(sched_setaffinity(0, sizeof one, &one), 0);
    const int cores = ThreadPool::availableCores();
    QCOMPARE(sched_setaffinity(0, sizeof before, &before), 0);
    QCOMPARE(cores, 1);
#else
    QSKIP("affinities are set by Linux's means");
#endif
}

QTEST_APPLESS_MAIN(TestThreadPool)
#include "test_thread_pool.moc"
