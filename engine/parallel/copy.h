// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/parallel/thread_pool.h"
#include "engine/tensor.h"

#include <memory>

namespace reslens {

/// A gap-free copy. Fresh memory costs more than the copying; the threads share that, too.
std::shared_ptr<const Tensor> copyOf(const TensorView &view, ThreadPool &pool);

/// The same, or null where a value is not finite.
std::shared_ptr<const Tensor> finiteCopyOf(const TensorView &view, ThreadPool &pool);

} // namespace reslens
