// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/parallel/copy.h"

#include <algorithm>

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

} // namespace reslens
