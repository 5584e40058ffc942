// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/benchmark.h"

#include "engine/saliency/lesions.h"
#include "engine/saliency/logit.h"
#include "engine/saliency/saliency.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <random>

namespace reslens {

namespace {

struct Measured
{
    std::string name;
    std::function<void()> work;
    std::vector<double> times = {};
};

double milliseconds(const std::function<void()> &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// The middle blocks of the last two stages: a long and a short way to the end.
std::vector<std::string> lesionsToMeasure(const Description &description)
{
    std::vector<std::string> middles;
    for (const char *stage : {"block17_", "block8_"}) {
        std::vector<std::string> blocks;
        for (const Block &block : description.blocks) {
            if (block.name.starts_with(stage))
                blocks.push_back(block.name);
        }
        if (!blocks.empty())
            middles.push_back(blocks[(blocks.size() - 1) / 2]);
    }
    return middles;
}

} // namespace

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

std::vector<VisualizationCost> measureVisualizations(Runner &runner, const Tensor &input, int repeat,
                                                     const std::stop_token &stop)
{
    const Description &description = runner.network().description();
    const RunOptions capturing{.capture = blockOutputAddresses(description), .stop = stop};
    const SaliencyRequest direct{.method = SaliencyMethod::Direct, .stop = stop};
    const auto gradient = [&] {
        const RunResult run = runner.run(input, {.stop = stop, .record = true});
        const auto weights = logitWeightsOf(description.architecture.classes, direct.classIndex, {});
        runner.backward(*run.tape, weights, {.capture = {"stem/input"}, .stop = stop});
    };
    // The first to run is the one that tells best why it cannot.
    computeSaliency(runner, input, direct);
    const BlockOutputs outputs = runner.run(input, capturing).captured;

    std::vector<Measured> all{{"forward", [&] { runner.run(input, {.stop = stop}); }},
                              {"captured", [&] { runner.run(input, capturing); }},
                              {"gradient", gradient},
                              {"direct", [&] { computeSaliency(runner, input, direct); }}};
    for (const std::string &block : lesionsToMeasure(description)) {
        all.push_back({"lesion " + block, [&, block] {
                           runLesioned(runner, outputs, {{.block = block, .residual = 0}}, stop);
                       }});
    }
    for (int i = 0; i < std::max(repeat, 1); ++i) {
        for (Measured &measured : all)
            measured.times.push_back(milliseconds(measured.work));
    }

    std::vector<VisualizationCost> costs;
    for (const Measured &measured : all)
        costs.push_back({measured.name, median(measured.times)});
    return costs;
}

} // namespace reslens
