// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/saliency.h"

#include "engine/saliency/image_methods.h"
#include "engine/saliency/logit.h"
#include "engine/saliency/maps.h"
#include "engine/saliency/request_check.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace reslens {

namespace {

using Maps = std::map<std::string, Tensor>;

/// The blur's standard deviation goes into the picture's width this many times.
constexpr double classMapBlur = 24;

std::vector<const Block *> residualBlocks(const Description &description)
{
    std::vector<const Block *> blocks;
    for (const Block &block : description.blocks) {
        if (block.residual)
            blocks.push_back(&block);
    }
    return blocks;
}

std::vector<std::string> addressesOf(const Description &description, const std::string &tensor)
{
    std::vector<std::string> addresses;
    for (const Block *block : residualBlocks(description))
        addresses.push_back(block->name + "/" + tensor);
    return addresses;
}

std::vector<float> weightsFor(const Description &description, const SaliencyRequest &request)
{
    const int classes = description.architecture.classes;
    return infoOf(request.method).needsClass ? logitWeightsOf(classes, request.classIndex, request.versus)
                                             : std::vector<float>(std::size_t(classes), 0.0F);
}

double meanOf(const Tensor &map)
{
    return sumOf(map) / double(map.shape().positions());
}

/// One computation: the question, and the answer as it grows.
class Computation
{
public:
    Computation(Runner &runner, const Tensor &input, const SaliencyRequest &request)
        : m_runner(runner), m_description(runner.network().description()), m_input(input), m_request(request),
          m_weights(weightsFor(m_description, request))
    {
    }

    SaliencyResult compute()
    {
        switch (infoOf(m_request.method).place) {
        case SaliencyPlace::ResidualBlock:
            atResiduals();
            break;
        case SaliencyPlace::AnyBlock:
            atBlock();
            break;
        case SaliencyPlace::LastBlock:
            classActivation();
            break;
        case SaliencyPlace::Image:
            atImage();
            break;
        }
        return std::move(m_result);
    }

private:
    RunResult run(const std::vector<std::string> &capture, bool record,
                  const std::vector<Lesion> &lesions = {})
    {
        return m_runner.run(
            m_input, {.capture = capture, .stop = m_request.stop, .lesions = lesions, .record = record});
    }

    void atResiduals()
    {
        Maps maps;
        switch (m_request.method) {
        case SaliencyMethod::Direct:
        case SaliencyMethod::DirectWithStem:
        case SaliencyMethod::DirectWithClassMap:
            maps = direct();
            break;
        case SaliencyMethod::GradTimesResidual:
            maps = gradientTimesResidual();
            break;
        case SaliencyMethod::ScaleIntegratedGradients:
            maps = scalePath();
            break;
        default:
            maps = withoutClass();
            break;
        }
        const bool additive = infoOf(m_request.method).isSigned;
        if (m_result.scores.empty()) {
            for (const Block *block : residualBlocks(m_description)) {
                const Tensor &map = maps.at(block->name);
                m_result.scores.push_back({block->name, additive ? sumOf(map) : meanOf(map), {}, 0});
            }
        }
        choose(std::move(maps));
        if (m_classMap && m_request.block.empty())
            addClassMap();
    }

    /// The mean of two ways to split one logit over the picture, from all depths and at the last, both with
    /// the spread of the latter: unscaled, the one with the larger values would hide the other. Fine maps
    /// find what the network cannot do without, coarse ones what it needs together; see HACKING.md.
    void addClassMap()
    {
        const int size = m_runner.network().inputSize();
        m_result.map = smoothedKeepingSum(m_result.map, size / classMapBlur);
        // A class map of one place, of a small input, tells no places apart.
        if (m_classMap->shape().positions() == 1)
            return;
        const Tensor last = resizedKeepingSum(*m_classMap, size);
        const double spread = deviationOf(m_result.map);
        const double factor = spread > 0 ? deviationOf(last) / spread : 0;
        std::ranges::transform(
            m_result.map.values(), last.values(), m_result.map.values().begin(),
            [factor](float depths, float end) { return float((factor * double(depths) + double(end)) / 2); });
    }

    /// The named block's map, or the composite.
    void choose(Maps maps)
    {
        m_result.block = m_request.block;
        if (!m_request.block.empty()) {
            m_result.map = std::move(maps.at(m_request.block));
            return;
        }
        const int size = m_runner.network().inputSize();
        m_result.map = Tensor({size, size, 1});
        // Resizing is linear: the maps of a stage are enlarged together.
        std::map<std::pair<int, int>, Tensor> bySize;
        for (auto &[block, map] : maps) {
            const auto [sum, isFirst] =
                bySize.try_emplace({map.shape().height, map.shape().width}, std::move(map));
            if (!isFirst)
                add(sum->second, map);
        }
        for (const auto &[extents, map] : bySize)
            add(m_result.map, resizedKeepingSum(map, size));
    }

    Maps direct()
    {
        const bool branches = m_request.branchScores || m_request.branch;
        const RunResult recorded = run(directAttributionCaptures(m_description, branches), true);
        DirectAttribution attribution =
            directAttribution(m_runner, recorded, m_weights, branches, m_request.stop);
        m_result.logit = attribution.logit;
        m_result.stem = attribution.stem;
        m_result.biases = attribution.biases;
        m_result.completenessError = attribution.completenessError();
        m_result.scores = std::move(attribution.blocks);
        if (m_request.method != SaliencyMethod::Direct)
            attribution.maps.emplace("mixed_5b", std::move(attribution.stemMap));
        if (m_request.method == SaliencyMethod::DirectWithClassMap)
            m_classMap = std::move(attribution.classMap);
        if (m_request.branch)
            attribution.maps.at(m_request.block) =
                std::move(attribution.branchMaps.at(m_request.block)[std::size_t(*m_request.branch)]);
        return std::move(attribution.maps);
    }

    Maps gradientTimesResidual()
    {
        const RunResult recorded = run(addressesOf(m_description, "residual"), true);
        m_result.logit = explainedLogit(recorded, m_weights);
        return residualProducts(recorded, 1);
    }

    /// Σ_c ∂y/∂z·s·F(x) of every block, where the run's residuals are `scale` times s·F(x).
    Maps residualProducts(const RunResult &recorded, float scale)
    {
        const auto gradients =
            m_runner
                .backward(*recorded.tape, m_weights,
                          {.capture = addressesOf(m_description, "sum"), .stop = m_request.stop})
                .gradients;
        Maps maps;
        for (const Block *block : residualBlocks(m_description)) {
            Tensor map = contributionMap(gradients.at(block->name + "/sum")->view(),
                                         recorded.captured.at(block->name + "/residual")->view());
            std::ranges::for_each(map.values(), [scale](float &value) { value /= scale; });
            maps.emplace(block->name, std::move(map));
        }
        return maps;
    }

    /// All residual scales go from 0 to 1 together; the midpoint rule never needs the end where the residuals
    /// vanish.
    Maps scalePath()
    {
        const int steps = m_request.steps > 0 ? m_request.steps : 64;
        Maps sums;
        const auto scaledBy = [&](float factor) {
            std::vector<Lesion> lesions;
            for (const Block *block : residualBlocks(m_description))
                lesions.push_back({.block = block->name, .residual = factor});
            return lesions;
        };
        for (int step = 0; step < steps; ++step) {
            const float factor = (float(step) + 0.5F) / float(steps);
            const RunResult recorded = run(addressesOf(m_description, "residual"), true, scaledBy(factor));
            for (auto &[block, map] : residualProducts(recorded, factor * float(steps))) {
                if (sums.contains(block))
                    add(sums.at(block), map);
                else
                    sums.emplace(block, std::move(map));
            }
            if (m_request.progress)
                m_request.progress(step + 1, steps);
        }
        m_result.logit = explainedLogit(run({}, false), m_weights);
        const double without = explainedLogit(run({}, false, scaledBy(0)), m_weights);
        double sum = 0;
        double largest = 0;
        for (const auto &[block, map] : sums) {
            const double score = sumOf(map);
            sum += score;
            largest = std::max(largest, std::abs(score));
        }
        promise(m_result.logit - without, sum, largest);
        return sums;
    }

    Maps withoutClass()
    {
        const bool energy = m_request.method == SaliencyMethod::Energy;
        const std::string other = energy ? "residual" : "sum";
        std::vector<std::string> captures = addressesOf(m_description, "input");
        std::ranges::copy(addressesOf(m_description, other), std::back_inserter(captures));
        const RunResult computed = run(captures, false);
        Maps maps;
        for (const Block *block : residualBlocks(m_description)) {
            const TensorView input = computed.captured.at(block->name + "/input")->view();
            const TensorView second = computed.captured.at(block->name + "/" + other)->view();
            maps.emplace(block->name, energy ? energyMap(input, second) : erasureMap(input, second));
        }
        return maps;
    }

    void atBlock()
    {
        m_result.block = m_request.block.empty() ? "conv_7b" : m_request.block;
        const std::string address = m_result.block + "/output";
        const RunResult recorded = run({address}, true);
        m_result.logit = explainedLogit(recorded, m_weights);
        const auto gradient =
            m_runner.backward(*recorded.tape, m_weights, {.capture = {address}, .stop = m_request.stop})
                .gradients.at(address);
        const TensorView activation = recorded.captured.at(address)->view();
        m_result.map = m_request.method == SaliencyMethod::GradCam
                           ? gradCamMap(activation, gradient->view())
                           : contributionMap(activation, gradient->view());
    }

    void classActivation()
    {
        m_result.block = "conv_7b";
        const RunResult computed = run({"conv_7b/output"}, true);
        m_result.logit = explainedLogit(computed, m_weights);
        const TensorView activation = computed.captured.at("conv_7b/output")->view();
        // A head with hidden layers is the affine map that its ReLUs make of it for this picture.
        BackwardOptions options{.capture = headAddresses(m_description), .stop = m_request.stop};
        options.capture.emplace_back("predictions/pool");
        const Gradients gradients = m_runner.backward(*computed.tape, m_weights, options).gradients;
        m_result.map = classMap(activation, gradients.at("predictions/pool")->values());
        promise(m_result.logit,
                meanOf(m_result.map) + headBiases(m_runner.network(), *computed.tape, gradients));
    }

    void atImage()
    {
        const int copies = m_request.method == SaliencyMethod::SmoothGrad ? 25 : 64;
        const ImageQuestion question{.runner = m_runner,
                                     .input = m_input,
                                     .logitWeights = m_weights,
                                     .steps = m_request.steps > 0 ? m_request.steps : copies,
                                     .stop = m_request.stop,
                                     .progress = m_request.progress};
        ImageAnswer answer = answerTo(question);
        m_result.map = std::move(answer.map);
        m_result.logit = answer.logit;
        if (answer.start)
            promise(answer.logit - *answer.start, sumOf(m_result.map));
    }

    ImageAnswer answerTo(const ImageQuestion &question) const
    {
        switch (m_request.method) {
        case SaliencyMethod::Gradient:
            return gradientSaliency(question);
        case SaliencyMethod::InputTimesGradient:
            return inputTimesGradientSaliency(question);
        case SaliencyMethod::IntegratedGradients:
            return integratedGradientsSaliency(question);
        case SaliencyMethod::SmoothGrad:
            return smoothGradSaliency(question);
        default:
            return occlusionSaliency(question);
        }
    }

    void promise(double expected, double found, double largestTerm = 0)
    {
        const double largest = std::max({std::abs(expected), std::abs(found), largestTerm, 1e-12});
        m_result.completenessError = std::abs(expected - found) / largest;
    }

    Runner &m_runner;
    const Description &m_description;
    const Tensor &m_input;
    const SaliencyRequest &m_request;
    std::vector<float> m_weights;
    std::optional<Tensor> m_classMap; ///< at conv_7b, of the method that takes it in
    SaliencyResult m_result;
};

} // namespace

bool hasBranchMaps(SaliencyMethod method)
{
    return method == SaliencyMethod::Direct || method == SaliencyMethod::DirectWithStem ||
           method == SaliencyMethod::DirectWithClassMap;
}

SaliencyResult computeSaliency(Runner &runner, const Tensor &input, const SaliencyRequest &request)
{
    checkRequest(runner.network(), request);
    return Computation(runner, input, request).compute();
}

} // namespace reslens
