// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/parallel/cpu_quota.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <limits>
#include <sstream>

namespace reslens {

namespace {

/// Empty if there is no such file.
std::string firstLine(const char *file)
{
    std::string line;
    std::getline(std::ifstream(file), line);
    return line;
}

} // namespace

std::optional<int> coresOfQuota(const std::string &cpuMax)
{
    std::istringstream text(cpuMax);
    std::int64_t quota = 0;
    std::int64_t period = 0;
    if (!(text >> quota >> period) || quota <= 0 || period <= 0)
        return std::nullopt;
    return int(std::min<std::int64_t>((quota - 1) / period + 1, std::numeric_limits<int>::max()));
}

std::optional<int> coresByQuota()
{
    // A container sees its own group as the root; the machine's root has no quota, and no cpu.max.
    if (const auto cores = coresOfQuota(firstLine("/sys/fs/cgroup/cpu.max")))
        return cores;
    // The same in the first version of control groups, where -1 stands for no limit.
    return coresOfQuota(firstLine("/sys/fs/cgroup/cpu/cpu.cfs_quota_us") + " " +
                        firstLine("/sys/fs/cgroup/cpu/cpu.cfs_period_us"));
}

} // namespace reslens
