// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/parallel/thread_pool.h"

#include "engine/parallel/cpu_quota.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif
#if defined(__linux__)
#include <sched.h>
#endif

#include <algorithm>
#include <exception>

namespace reslens {

namespace {

void relax()
{
#if defined(__x86_64__)
    _mm_pause();
#elif defined(__aarch64__)
    // Its `yield` takes no longer than any other instruction; this one waits until those before it are
    // through.
    asm volatile("isb");
#else
    std::this_thread::yield();
#endif
}

// About fifty microseconds: longer than the gap between two jobs of a pass, shorter than anybody notices.
constexpr int spins = 2000;

/// Where a thread's share of the tasks ends, and the next one's begins.
int shareEnd(int tasks, int owner, int threads)
{
    return int(std::int64_t(tasks) * (owner + 1) / threads);
}

} // namespace

int ThreadPool::availableCores()
{
    int cores = int(std::thread::hardware_concurrency());
#if defined(__linux__)
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        cores = CPU_COUNT(&set);
#endif
    // More threads than that would use the quota up early, and all stand still for the rest of each period.
    return std::max(1, std::min(cores, coresByQuota().value_or(cores)));
}

ThreadPool::ThreadPool(int threads) : m_tickets(std::make_unique<Ticket[]>(std::size_t(std::max(1, threads))))
{
    // First, since a vector that cannot grow would take threads with it that nobody has joined.
    m_workers.reserve(std::size_t(std::max(1, threads)) - 1);
    try {
        for (int worker = 1; worker < threads; ++worker)
            m_workers.emplace_back([this, worker] { work(worker); });
    } catch (const std::exception &) {
        // The system gives no more: those that there are do the work.
    }
}

ThreadPool::~ThreadPool()
{
    m_stop = true;
    ++m_generation;
    m_generation.notify_all();
    for (std::thread &worker : m_workers)
        worker.join();
}

void ThreadPool::dispatch(int tasks, Function function, const void *context)
{
    const std::uint32_t generation = m_generation.load(std::memory_order_relaxed) + 1;
    m_function.store(function, std::memory_order_relaxed);
    m_context.store(context, std::memory_order_relaxed);
    m_tasks.store(tasks, std::memory_order_relaxed);
    m_done.store(0, std::memory_order_relaxed);
    for (int owner = 0; owner < threads(); ++owner) {
        const int left = shareEnd(tasks, owner, threads()) - shareEnd(tasks, owner - 1, threads());
        m_tickets[std::size_t(owner)].value.store(std::uint64_t(generation) << 32 | std::uint32_t(left),
                                                  std::memory_order_release);
    }
    m_generation.store(generation, std::memory_order_release);
    m_generation.notify_all();

    takeTasks(generation, 0);
    for (int i = 0; m_done.load(std::memory_order_acquire) < tasks; ++i) {
        // A task may sit on a thread that the system has put aside: then this core is better given away.
        if (i < spins)
            relax();
        else
            std::this_thread::yield();
    }
}

void ThreadPool::takeTasks(std::uint32_t generation, int worker)
{
    for (int i = 0; i < threads(); ++i)
        takeShare(generation, (worker + i) % threads(), worker);
}

void ThreadPool::takeShare(std::uint32_t generation, int owner, int worker)
{
    std::atomic<std::uint64_t> &open = m_tickets[std::size_t(owner)].value;
    std::uint64_t ticket = open.load(std::memory_order_acquire);
    while (std::uint32_t(ticket >> 32) == generation) {
        const Function function = m_function.load(std::memory_order_relaxed);
        const void *context = m_context.load(std::memory_order_relaxed);
        const int left = int(ticket & 0xffffffffU);
        if (left == 0)
            return;
        const int index = shareEnd(m_tasks.load(std::memory_order_relaxed), owner, threads()) - left;
        // Success proves that the job was still open, hence that what was read above belongs to it: the
        // caller writes that anew only after the last task, when there are none left in any ticket.
        if (open.compare_exchange_weak(ticket, ticket - 1, std::memory_order_acq_rel,
                                       std::memory_order_acquire)) {
            function(context, index, worker);
            m_done.fetch_add(1, std::memory_order_acq_rel);
            ticket = open.load(std::memory_order_acquire);
        }
    }
}

void ThreadPool::work(int worker)
{
    std::uint32_t seen = 0;
    while (!m_stop) {
        std::uint32_t generation = m_generation.load(std::memory_order_acquire);
        for (int i = 0; generation == seen && i < spins; ++i) {
            relax();
            generation = m_generation.load(std::memory_order_acquire);
        }
        if (generation == seen) {
            m_generation.wait(seen, std::memory_order_acquire);
            continue;
        }
        seen = generation;
        takeTasks(generation, worker);
    }
}

} // namespace reslens
