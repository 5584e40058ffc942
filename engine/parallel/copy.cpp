// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/parallel/copy.h"

#include "engine/kernels/elementwise.h"

#include <algorithm>
#include <atomic>

namespace reslens {

std::shared_ptr<const Tensor> copyOf(const TensorView &view, ThreadPool &pool)
{
    const auto copy = std::make_shared<Tensor>(Tensor::uninitialized(view.shape));
    pool.run(view.shape.height, [&](int line, int) {
        for (int x = 0; x < view.shape.width; ++x)
            std::copy_n(view.at(line, x), view.shape.channels, &copy->at(line, x, 0));
    });
    return copy;
}

std::shared_ptr<const Tensor> finiteCopyOf(const TensorView &view, ThreadPool &pool)
{
    const auto copy = std::make_shared<Tensor>(Tensor::uninitialized(view.shape));
    std::atomic<bool> finite = true;
    pool.run(view.shape.height, [&](int line, int) {
        for (int x = 0; x < view.shape.width; ++x) {
            if (!copyFinite(view.at(line, x), std::size_t(view.shape.channels), &copy->at(line, x, 0)))
                finite.store(false, std::memory_order_relaxed);
        }
    });
    return finite ? copy : nullptr;
}

} // namespace reslens
