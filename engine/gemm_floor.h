// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/parallel/thread_pool.h"
#include "engine/plan/plan.h"

namespace reslens {

/// Seconds that the bare SGEMM calls of one pass take on the pool's threads; see Runner::measureGemmFloor().
double measureGemmFloor(const Plan &plan, ThreadPool &pool);

} // namespace reslens
