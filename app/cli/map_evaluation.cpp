// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/map_evaluation.h"

#include "engine/evaluation/edges.h"
#include "engine/evaluation/map_checks.h"
#include "engine/evaluation/perturbation.h"
#include "engine/evaluation/rank_correlation.h"
#include "engine/saliency/display.h"
#include "engine/saliency/logit.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace reslens::cli {
namespace {

constexpr const char *edgeDetector = "edge-detector";
constexpr const char *randomOrder = "random-order";
/// Orders of chance that a picture's random row is the mean of.
constexpr unsigned randomOrders = 3;

std::optional<double> &at(Figures &figures, Figure figure)
{
    return figures[std::size_t(figure)];
}

/// One picture with what its maps are measured by.
class PictureEvaluation
{
public:
    PictureEvaluation(Runner &runner, const Tensor &input, int classIndex,
                      const std::vector<ObjectBox> &boxes, unsigned seed, const EvaluationRequest &request)
        : m_runner(runner), m_input(input), m_classIndex(classIndex), m_boxes(boxes), m_seed(seed),
          m_request(request),
          m_game(
              input, [this](const Tensor &picture) { return probabilityOf(picture); }, request.curveSteps)
    {
    }

    std::vector<Figures> evaluate()
    {
        std::vector<Figures> all;
        for (const Contestant &contestant : m_request.contestants)
            all.push_back(contestant.name == randomOrder ? ofChance() : figuresOf(contestant));
        if (asksFor(Figure::Cascade))
            addCascade(all);
        return all;
    }

private:
    double probabilityOf(const Tensor &picture)
    {
        return double(
            m_runner.run(picture, {.stop = m_request.stop}).probabilities[std::size_t(m_classIndex)]);
    }

    bool asksFor(Figure figure) const
    {
        return std::ranges::find(m_request.checks, figure) != m_request.checks.end();
    }

    CheckOptions options() const { return {.seed = m_seed, .stop = m_request.stop}; }

    SaliencyRequest requestFor(const SaliencyMethodInfo &method) const
    {
        return {.method = method.method,
                .classIndex = m_classIndex,
                .steps = m_request.steps,
                .stop = m_request.stop};
    }

    MapMaker makerOf(const Contestant &contestant) const
    {
        if (contestant.method)
            return mapMakerOf(requestFor(*contestant.method));
        return [](Runner &, const Tensor &picture, int) { return edgeMap(picture); };
    }

    /// The mean over orders of chance; a map without knowledge finds as much of an object as its boxes cover.
    Figures ofChance() const
    {
        double insertion = 0;
        double deletion = 0;
        for (unsigned i = 0; i < randomOrders; ++i) {
            const std::vector<int> order = randomCellOrder(m_seed * randomOrders + i);
            insertion += m_game.insertion(order).area() / randomOrders;
            deletion += m_game.deletion(order).area() / randomOrders;
        }
        Figures figures;
        at(figures, Figure::Insertion) = insertion;
        at(figures, Figure::Deletion) = deletion;
        if (!m_boxes.empty())
            at(figures, Figure::Pointing) = at(figures, Figure::MassInBox) =
                boxShare(m_input.shape().height, m_input.shape().width, m_boxes);
        return figures;
    }

    Figures figuresOf(const Contestant &contestant)
    {
        Figures figures;
        const auto start = std::chrono::steady_clock::now();
        SaliencyResult result;
        if (contestant.method)
            result = computeSaliency(m_runner, m_input, requestFor(*contestant.method));
        else
            result.map = edgeMap(m_input);
        at(figures, Figure::Seconds) =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

        const int size = m_input.shape().height;
        const std::vector<int> order = cellOrder(result.map, size);
        at(figures, Figure::Insertion) = m_game.insertion(order).area();
        at(figures, Figure::Deletion) = m_game.deletion(order).area();
        if (!m_boxes.empty()) {
            const Tensor shown = enlarged(result.map, size, size);
            at(figures, Figure::Pointing) = pointingGame(shown, m_boxes);
            at(figures, Figure::MassInBox) = massInBox(shown, m_boxes);
        }
        const MapMaker maker = makerOf(contestant);
        if (asksFor(Figure::RandomLogit))
            at(figures, Figure::RandomLogit) =
                randomLogit(m_runner, maker, m_input, m_classIndex, otherClassCount, options()).mean;
        if (asksFor(Figure::Sensitivity))
            at(figures, Figure::Sensitivity) =
                maxSensitivity(m_runner, maker, m_input, m_classIndex, noiseRadius, noiseSamples, options());
        if (asksFor(Figure::Lesions) && !result.scores.empty())
            at(figures, Figure::Lesions) =
                lesionAgreement(result.scores, drops(), contestant.method->isSigned);
        return figures;
    }

    const std::vector<double> &drops()
    {
        if (m_drops.empty()) {
            const int classes = int(m_runner.network().info().classes.size());
            m_drops = lesionDrops(m_runner, m_input, logitWeightsOf(classes, m_classIndex), options());
        }
        return m_drops;
    }

    /// The rank correlation that is left when the whole network has lost its weights.
    void addCascade(std::vector<Figures> &all)
    {
        std::vector<MapMaker> makers;
        std::vector<Figures *> of;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (m_request.contestants[i].name == randomOrder)
                continue;
            makers.push_back(makerOf(m_request.contestants[i]));
            of.push_back(&all[i]);
        }
        const std::array whole{cascadeParts(m_runner.network().description()).back()};
        const std::vector<CascadeStage> stages =
            randomizationCascade(m_runner, makers, whole, m_input, m_classIndex, options());
        for (std::size_t i = 0; i < of.size(); ++i)
            at(*of[i], Figure::Cascade) = stages.back().correlations[i];
    }

    Runner &m_runner;
    const Tensor &m_input;
    int m_classIndex;
    const std::vector<ObjectBox> &m_boxes;
    unsigned m_seed;
    const EvaluationRequest &m_request;
    PerturbationGame m_game;
    std::vector<double> m_drops;
};

} // namespace

std::vector<Contestant> contestants(const std::vector<const SaliencyMethodInfo *> &methods)
{
    std::vector<Contestant> result;
    for (const SaliencyMethodInfo *method : methods)
        result.push_back({method->name.data(), method});
    result.push_back({edgeDetector, nullptr});
    result.push_back({randomOrder, nullptr});
    return result;
}

std::vector<Figures> evaluatePicture(Runner &runner, const Tensor &input, int classIndex,
                                     const std::vector<ObjectBox> &boxes, unsigned seed,
                                     const EvaluationRequest &request)
{
    return PictureEvaluation(runner, input, classIndex, boxes, seed, request).evaluate();
}

} // namespace reslens::cli
