// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/map_checks.h"

#include "engine/error.h"
#include "engine/evaluation/rank_correlation.h"
#include "engine/saliency/logit.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace reslens {

namespace {

/// Counts what is done, and stops when asked to.
class Progress
{
public:
    Progress(const CheckOptions &options, int total) : m_options(options), m_total(total) {}

    void check() const
    {
        if (m_options.stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "the check was cancelled");
    }

    void advance(int by = 1)
    {
        m_done += by;
        if (m_options.progress)
            m_options.progress(m_done, m_total);
        check();
    }

private:
    const CheckOptions &m_options;
    int m_total;
    int m_done = 0;
};

double norm(std::span<const float> values)
{
    return std::sqrt(std::inner_product(values.begin(), values.end(), values.begin(), 0.0));
}

/// Some of the other classes, none twice.
std::vector<int> otherClasses(int classes, int without, int count, unsigned seed)
{
    std::vector<int> others;
    for (int index = 0; index < classes; ++index) {
        if (index != without)
            others.push_back(index);
    }
    std::mt19937 random(seed);
    const std::size_t taken = std::min(others.size(), std::size_t(count));
    for (std::size_t i = 0; i < taken; ++i)
        std::swap(others[i], others[i + random() % (others.size() - i)]);
    others.resize(taken);
    return others;
}

} // namespace

MapMaker mapMakerOf(const SaliencyRequest &request)
{
    return [request](Runner &runner, const Tensor &picture, int classIndex) {
        SaliencyRequest own = request;
        own.classIndex = classIndex;
        return computeSaliency(runner, picture, own).map;
    };
}

std::vector<CascadeStage> randomizationCascade(Runner &runner, std::span<const MapMaker> makers,
                                               std::span<const CascadePart> parts, const Tensor &picture,
                                               int classIndex, const CheckOptions &options)
{
    Progress progress(options, int(makers.size() * (parts.size() + 1)));
    std::vector<Tensor> whole;
    for (const MapMaker &make : makers) {
        whole.push_back(make(runner, picture, classIndex));
        progress.advance();
    }
    std::vector<CascadeStage> stages;
    for (const CascadePart &part : parts) {
        Runner changed(randomizedFrom(runner.network(), part.firstBlock, options.seed, options.stop),
                       runner.threads());
        progress.check();
        CascadeStage stage{part.name, {}};
        for (std::size_t i = 0; i < makers.size(); ++i) {
            const Tensor map = makers[i](changed, picture, classIndex);
            stage.correlations.push_back(rankCorrelation(whole[i].values(), map.values()));
            progress.advance();
        }
        stages.push_back(std::move(stage));
    }
    return stages;
}

Spread randomLogit(Runner &runner, const MapMaker &maker, const Tensor &picture, int classIndex, int others,
                   const CheckOptions &options)
{
    const std::vector<int> classes =
        otherClasses(runner.network().description().architecture.classes, classIndex, others, options.seed);
    Progress progress(options, int(classes.size()) + 1);
    const Tensor own = maker(runner, picture, classIndex);
    progress.advance();
    std::vector<double> correlations;
    for (const int other : classes) {
        correlations.push_back(rankCorrelation(own.values(), maker(runner, picture, other).values()));
        progress.advance();
    }
    return spreadOf(correlations);
}

double maxSensitivity(Runner &runner, const MapMaker &maker, const Tensor &picture, int classIndex,
                      float radius, int samples, const CheckOptions &options)
{
    Progress progress(options, samples + 1);
    const Tensor own = maker(runner, picture, classIndex);
    progress.advance();
    std::mt19937 random(options.seed);
    double greatest = 0;
    for (int sample = 0; sample < samples; ++sample) {
        Tensor noisy = picture.clone();
        for (float &value : noisy.values())
            value += radius * (float(random()) * 0x1p-31F - 1);
        Tensor change = maker(runner, noisy, classIndex);
        std::ranges::transform(change.values(), own.values(), change.values().begin(), std::minus());
        greatest = std::max(greatest, norm(change.values()));
        progress.advance();
    }
    const double size = norm(own.values());
    return size > 0 ? greatest / size : 0;
}

std::vector<double> lesionDrops(Runner &runner, const Tensor &picture, std::span<const float> logitWeights,
                                const CheckOptions &options)
{
    const std::vector<Block> &blocks = runner.network().description().blocks;
    RunOptions whole{.stop = options.stop};
    for (const Block &block : blocks) {
        if (block.residual)
            whole.capture.push_back(block.name + "/input");
    }
    Progress progress(options, int(whole.capture.size()));
    const RunResult run = runner.run(picture, whole);
    const double logit = explainedLogit(run, logitWeights);
    std::vector<double> drops;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (!blocks[i].residual)
            continue;
        const RunResult without =
            runner.runBlocks(*run.captured.at(blocks[i].name + "/input"), int(i), int(blocks.size()) - 1,
                             {.stop = options.stop, .lesions = {{.block = blocks[i].name, .residual = 0}}});
        drops.push_back(logit - explainedLogit(without, logitWeights));
        progress.advance();
    }
    return drops;
}

double lesionAgreement(std::span<const BlockContribution> scores, std::span<const double> drops,
                       bool isSigned)
{
    std::vector<double> totals;
    std::ranges::transform(scores, std::back_inserter(totals), &BlockContribution::total);
    std::vector<double> compared(drops.begin(), drops.end());
    if (!isSigned)
        std::ranges::for_each(compared, [](double &drop) { drop = std::abs(drop); });
    return rankCorrelation(totals, compared);
}

} // namespace reslens
