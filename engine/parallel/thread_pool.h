// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

namespace reslens {

/// A few threads that share out the tasks of one job after another. A pass has hundreds of jobs of some
/// hundred microseconds, so waiting threads spin for a moment before they sleep. Each thread begins with its
/// own share of the tasks, the same part of every job: where neighbouring tasks work on neighbouring data, it
/// finds what it wrote in its own cache. Belongs to one caller, who works along.
class ThreadPool
{
public:
    /// threads counts the caller: 1 starts none. Fewer where the system gives no more.
    explicit ThreadPool(int threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool &) = delete;
    ThreadPool &operator=(const ThreadPool &) = delete;

    int threads() const { return int(m_workers.size()) + 1; }

    /// Calls task(index, worker) for every index in [0, tasks), each once, in any order and on any thread;
    /// worker is in [0, threads()). Returns when all are done. The task must not throw.
    template <typename Task>
    void run(int tasks, const Task &task)
    {
        if (tasks == 1 || m_workers.empty()) {
            for (int i = 0; i < tasks; ++i)
                task(i, 0);
            return;
        }
        dispatch(
            tasks,
            [](const void *context, int index, int worker) {
                (*static_cast<const Task *>(context))(index, worker);
            },
            &task);
    }

    /// Cores that this process may use, by its affinity and its container's quota.
    static int availableCores();

private:
    using Function = void (*)(const void *context, int index, int worker);

    void dispatch(int tasks, Function function, const void *context);
    void work(int worker);
    void takeTasks(std::uint32_t generation, int worker);

    /// Takes what is left of a worker's share.
    void takeShare(std::uint32_t generation, int owner, int worker);

    /// The job's generation and how many tasks of a worker's share are left. The former makes a late thread's
    /// claim on a job that has ended fail, so that the caller waits for tasks, never for threads; the latter
    /// stands nowhere else, so that the next job's count cannot reopen a job that has ended.
    struct alignas(64) Ticket
    {
        std::atomic<std::uint64_t> value{0};
    };

    std::unique_ptr<Ticket[]> m_tickets; ///< one a thread
    std::atomic<std::uint32_t> m_generation{0};
    std::atomic<int> m_tasks{0};
    std::atomic<int> m_done{0};
    std::atomic<Function> m_function{nullptr};
    std::atomic<const void *> m_context{nullptr};
    std::atomic<bool> m_stop{false};
    std::vector<std::thread> m_workers;
};

} // namespace reslens
