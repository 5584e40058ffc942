// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/network.h"
#include "engine/parallel/thread_pool.h"
#include "engine/plan/plan.h"
#include "engine/tape.h"

#include <memory>
#include <vector>

namespace reslens {

/// A tape with room for all nodes and nothing on it but the lesions, which are null for blocks without one.
std::shared_ptr<Tape> blankTape(const Description &description, const std::vector<const Lesion *> &lesions);

/// Records what a backward pass must know of a step that has just been computed in the arena.
void record(const Network &network, const Step &step, const float *arena, ThreadPool &pool, Tape &tape);

} // namespace reslens
