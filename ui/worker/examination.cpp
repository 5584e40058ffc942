// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/examination.h"

#include "engine/evaluation/edges.h"
#include "engine/saliency/logit.h"

#include <algorithm>
#include <array>

namespace reslens {
namespace {

/// Orders of chance beside the map's.
constexpr int RandomOrders = 5;

class Course
{
public:
    Course(Runner &runner, const Tensor &picture, const ExplanationPtr &explanation,
           const SaliencyRequest &request, const std::function<void(int, int)> &progress,
           const std::function<void(const ExaminationPtr &)> &report)
        : m_runner(runner), m_picture(picture), m_request(request), m_progress(progress), m_report(report),
          m_parts(cascadeParts(runner.network().description())),
          m_total(2 * (1 + RandomOrders) * (curveSteps - 1) + PerturbationGame::scoresAtStart)
    {
        m_found.explanation = explanation;
        const Explanation &map = *explanation;
        m_total += map.result.scores.size() + 2 * (m_parts.size() + 1) + (noiseSamples + 1);
        if (map.method().needsClass)
            m_total += std::size_t(otherCount() + 1);
    }

    void run()
    {
        play();
        if (!m_found.explanation->result.scores.empty())
            compareWithLesions();
        const MapMaker maker = mapMakerOf(m_request);
        if (m_found.explanation->method().needsClass)
            keep(m_found.randomLogit,
                 randomLogit(m_runner, maker, m_picture, m_request.classIndex, otherClassCount, options()));
        keep(m_found.sensitivity, maxSensitivity(m_runner, maker, m_picture, m_request.classIndex,
                                                 noiseRadius, noiseSamples, options()));
        const std::array makers{
            maker, MapMaker([](Runner &, const Tensor &picture, int) { return edgeMap(picture); })};
        m_found.cascade =
            randomizationCascade(m_runner, makers, m_parts, m_picture, m_request.classIndex, options());
        m_found.complete = true;
        report();
    }

private:
    int otherCount() const
    {
        return std::min(otherClassCount, m_runner.network().description().architecture.classes - 1);
    }

    /// What a check counts goes on from what was counted before it.
    CheckOptions options()
    {
        m_before = m_done;
        return {.stop = m_request.stop, .progress = [this](int done, int) { advanceTo(m_before + done); }};
    }

    void advanceTo(int done)
    {
        m_done = done;
        m_progress(m_done, int(m_total));
    }

    void report() const { m_report(std::make_shared<const Examination>(m_found)); }

    template <typename Value>
    void keep(std::optional<Value> &place, Value value)
    {
        place = std::move(value);
        report();
    }

    void play()
    {
        const PerturbationGame game(m_picture, [this](const Tensor &picture) {
            const RunResult run = m_runner.run(picture, {.stop = m_request.stop});
            advanceTo(m_done + 1);
            return double(run.probabilities[std::size_t(m_request.classIndex)]);
        });
        const std::vector<int> order = cellOrder(m_found.explanation->result.map, m_picture.shape().height);
        const auto ofBoth = [&](const auto &curveOf) {
            Examination::Game result{curveOf(order), {}};
            for (unsigned seed = 1; seed <= RandomOrders; ++seed)
                result.random.push_back(curveOf(randomCellOrder(seed)));
            return result;
        };
        keep(m_found.insertion, ofBoth([&](const auto &by) { return game.insertion(by); }));
        keep(m_found.deletion, ofBoth([&](const auto &by) { return game.deletion(by); }));
    }

    void compareWithLesions()
    {
        const std::vector<float> weights = logitWeightsOf(
            m_runner.network().description().architecture.classes, m_request.classIndex, m_request.versus);
        const Explanation &map = *m_found.explanation;
        keep(m_found.lesions,
             lesionAgreement(map.result.scores, lesionDrops(m_runner, m_picture, weights, options()),
                             map.method().isSigned));
    }

    Runner &m_runner;
    const Tensor &m_picture;
    const SaliencyRequest &m_request;
    const std::function<void(int, int)> &m_progress;
    const std::function<void(const ExaminationPtr &)> &m_report;
    std::vector<CascadePart> m_parts;
    std::size_t m_total;
    int m_before = 0;
    int m_done = 0;
    Examination m_found;
};

} // namespace

Spread Examination::Game::randomAreas() const
{
    std::vector<double> areas;
    std::ranges::transform(random, std::back_inserter(areas), &Curve::area);
    return spreadOf(areas);
}

void examine(Runner &runner, const Tensor &picture, const ExplanationPtr &explanation,
             const SaliencyRequest &request, const std::function<void(int, int)> &progress,
             const std::function<void(const ExaminationPtr &)> &report)
{
    Course(runner, picture, explanation, request, progress, report).run();
}

} // namespace reslens
