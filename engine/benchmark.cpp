// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/benchmark.h"

#include <algorithm>
#include <random>

namespace reslens {

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

Tensor benchmarkInput(int size)
{
    Tensor input({size, size, 3});
    std::minstd_rand random;
    std::uniform_real_distribution<float> values(-1, 1);
    std::ranges::generate(input.values(), [&] { return values(random); });
    return input;
}

Latency measureLatency(Runner &runner, const Tensor &input, int repeat, const std::stop_token &stop)
{
    RunOptions options;
    options.stop = stop;
    std::vector<double> runs;
    std::vector<double> floors;
    for (int i = 0; i < std::max(repeat, 1); ++i) {
        runs.push_back(runner.run(input, options).milliseconds);
        floors.push_back(runner.measureGemmFloor() * 1000);
    }
    return {median(runs), *std::ranges::min_element(runs), median(floors)};
}

} // namespace reslens
