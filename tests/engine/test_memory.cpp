// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/float_buffer.h"
#include "engine/memory.h"

#include <QtTest>

#include <algorithm>
#include <thread>
#include <vector>

#include <sys/resource.h>

using namespace reslens;

namespace {

/// As an answer's maps: written once, then freed together.
void fillAndFree()
{
    std::vector<FloatBuffer> buffers;
    for (int i = 0; i < 10; ++i) {
        buffers.emplace_back(std::size_t(5'000'000));
        std::fill_n(buffers.back().data(), buffers.back().size(), 1.0F);
    }
}

long pageFaults()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
}

} // namespace

class TestMemory : public QObject
{
    Q_OBJECT

private slots:
    // The first one, before there is any freed memory to take a buffer from.
    void largeBuffersGoBack();
    void freedMemoryIsThereForTheNext();
};

void TestMemory::largeBuffersGoBack()
{
#if !defined(__GLIBC__) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("The allocator is another one.");
#endif
    const auto resident = [] {
        QFile file(QStringLiteral("/proc/self/statm"));
        [[maybe_unused]] const bool open = file.open(QIODevice::ReadOnly);
        return file.readAll().split(' ').value(1).toLong() * 4096;
    };
    const long before = resident();
    {
        FloatBuffer weights(std::size_t(20'000'000));
        std::fill_n(weights.data(), weights.size(), 1.0F);
        QVERIFY(resident() - before > 70'000'000);
    }
    QVERIFY(resident() - before < 10'000'000);
}

void TestMemory::freedMemoryIsThereForTheNext()
{
#if !defined(__GLIBC__) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("The allocator is another one.");
#endif
    long first = 0;
    long second = 0;
    // Networks run on a thread of their own.
    std::thread([&] {
        const long start = pageFaults();
        fillAndFree();
        first = pageFaults() - start;
        fillAndFree();
        second = pageFaults() - start - first;
    }).join();
    QVERIFY2(second < first / 10, qPrintable(QStringLiteral("%1, then %2 faults").arg(first).arg(second)));
}

int main(int argc, char **argv)
{
    keepFreedMemory();
    TestMemory test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_memory.moc"
