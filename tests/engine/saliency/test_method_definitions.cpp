// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/plan.h"
#include "engine/saliency/saliency.h"
#include "tests/support/golden.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace reslens;

/// The map of each method against its definition, in plain loops over activations and gradients.
class TestMethodDefinitions : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data();
    void init();
    void gradient();
    void inputTimesGradient();
    void smoothGrad();
    void gradCamAndHiResCam();
    void classMap();
    void gradientTimesResidualAndEnergy();
    void occlusion();

private:
    SaliencyResult ask(SaliencyMethod method, const std::string &block = {}, int steps = 0);

    std::unique_ptr<Runner> m_runner;
    std::vector<std::string> m_outputs; ///< addresses, of all blocks with a feature map
    Tensor m_input;
    SaliencyRequest m_question;
    std::vector<float> m_logitWeights;
    RunResult m_run;
    Gradients m_gradients;
};

namespace {

constexpr int size = 139; ///< leaves 3 × 3 places at the end, where a mean over them is no sum
constexpr Shape picture{size, size, 1};

/// Value for value, not up to a factor; to 1e-5 of the greatest, since some maps are zero throughout.
bool agree(const Tensor &map, const Shape &extents, const std::function<double(int, int)> &definition)
{
    Tensor expected({extents.height, extents.width, 1});
    float greatest = 0;
    for (int y = 0; y < extents.height; ++y) {
        for (int x = 0; x < extents.width; ++x) {
            expected.at(y, x, 0) = float(definition(y, x));
            greatest = std::max(greatest, std::abs(expected.at(y, x, 0)));
        }
    }
    return map.shape() == expected.shape() &&
           std::ranges::equal(map.values(), expected.values(),
                              [&](float a, float b) { return std::abs(a - b) <= 1e-5F * greatest; });
}

double productAt(const Tensor &a, const Tensor &b, int y, int x)
{
    double sum = 0;
    for (int c = 0; c < a.shape().channels; ++c)
        sum += double(a.at(y, x, c)) * double(b.at(y, x, c));
    return sum;
}

double greatestColourAt(const Tensor &slope, int y, int x)
{
    return std::max({std::abs(slope.at(y, x, 0)), std::abs(slope.at(y, x, 1)), std::abs(slope.at(y, x, 2))});
}

/// At (place, i): how much of the i-th of `from` values lies there once they are interpolated linearly at the
/// picture's places, edges repeated, and each has kept its sum.
Tensor sharesOf(int from)
{
    Tensor shares({size, from, 1});
    for (int i = 0; i < from; ++i) {
        float total = 0;
        for (int place = 0; place < size; ++place) {
            const double at = std::clamp((place + 0.5) * from / size - 0.5, 0.0, from - 1.0);
            total += shares.at(place, i, 0) = std::max(0.0F, float(1 - std::abs(at - i)));
        }
        for (int place = 0; place < size; ++place)
            shares.at(place, i, 0) /= total;
    }
    return shares;
}

} // namespace

/// Every test runs for each of these.
void TestMethodDefinitions::initTestCase_data()
{
    QTest::addColumn<QString>("network");
    QTest::addColumn<int>("classIndex");
    QTest::addColumn<int>("versus");
    QTest::newRow("plain, class 0") << "plain" << 0 << -1;
    QTest::newRow("plain, class 7") << "plain" << 7 << -1;
    QTest::newRow("shuffled, class 2") << "shuffled" << 2 << -1;
    QTest::newRow("shuffled, 1 and not 0") << "shuffled" << 1 << 0;
}

void TestMethodDefinitions::init()
{
    QFETCH_GLOBAL(QString, network);
    QFETCH_GLOBAL(int, classIndex);
    QFETCH_GLOBAL(int, versus);
    const std::string folder = RESLENS_TEST_DATA "/golden/";
    m_input = std::move(test::readGolden(folder + "notop.reference.h5").input);
    LoadOptions options;
    options.inputSize = size;
    m_runner = std::make_unique<Runner>(Network::load(folder + network.toStdString() + ".h5", options), 2);
    m_outputs.clear();
    for (const Block &block : m_runner->network().description().blocks)
        m_outputs.push_back(block.name + "/output");
    QCOMPARE(m_outputs.back(), std::string("predictions/output"));
    m_outputs.pop_back();

    m_question.classIndex = classIndex;
    m_question.versus = versus < 0 ? std::nullopt : std::optional(versus);
    m_logitWeights.assign(std::size_t(m_runner->network().description().architecture.classes), 0.0F);
    m_logitWeights[std::size_t(classIndex)] = 1;
    if (versus >= 0)
        m_logitWeights[std::size_t(versus)] = -1;
    m_run = m_runner->run(m_input, {.capture = m_outputs, .record = true});
    BackwardOptions back{.capture = m_outputs};
    back.capture.emplace_back("stem/input");
    m_gradients = m_runner->backward(*m_run.tape, m_logitWeights, back).gradients;
    QVERIFY(m_run.captured.at("conv_7b/output")->shape().positions() > 1);
}

SaliencyResult TestMethodDefinitions::ask(SaliencyMethod method, const std::string &block, int steps)
{
    m_question.method = method;
    m_question.block = block;
    m_question.steps = steps;
    return computeSaliency(*m_runner, m_input, m_question);
}

void TestMethodDefinitions::gradient()
{
    const Tensor &slope = *m_gradients.at("stem/input");
    QVERIFY(agree(ask(SaliencyMethod::Gradient).map, picture,
                  [&](int y, int x) { return greatestColourAt(slope, y, x); }));
}

void TestMethodDefinitions::inputTimesGradient()
{
    const Tensor &slope = *m_gradients.at("stem/input");
    QVERIFY(agree(ask(SaliencyMethod::InputTimesGradient).map, picture,
                  [&](int y, int x) { return productAt(m_input, slope, y, x); }));
}

void TestMethodDefinitions::smoothGrad()
{
    const auto [least, most] = std::ranges::minmax(m_input.values());
    for (const int steps : {3, 0}) {
        const int copies = steps == 0 ? 25 : steps;
        // The engine's noise: one generator for all copies, value by value.
        std::mt19937 random(1);
        std::normal_distribution<float> noise(0, 0.15F * (most - least));
        Tensor mean(m_input.shape());
        for (int copy = 0; copy < copies; ++copy) {
            Tensor noisy = m_input.clone();
            for (float &value : noisy.values())
                value += noise(random);
            const RunResult run = m_runner->run(noisy, {.record = true});
            const Gradients slopes =
                m_runner->backward(*run.tape, m_logitWeights, {.capture = {"stem/input"}}).gradients;
            for (std::size_t i = 0; i < mean.values().size(); ++i)
                mean.values()[i] += slopes.at("stem/input")->values()[i] / float(copies);
        }
        QVERIFY(agree(ask(SaliencyMethod::SmoothGrad, {}, steps).map, picture,
                      [&](int y, int x) { return greatestColourAt(mean, y, x); }));
    }
}

void TestMethodDefinitions::gradCamAndHiResCam()
{
    int cutOff = 0;
    for (const std::string &address : m_outputs) {
        const Tensor &activation = *m_run.captured.at(address);
        const Tensor &slope = *m_gradients.at(address);
        const Shape &shape = activation.shape();
        std::vector<double> weights(std::size_t(shape.channels), 0.0);
        for (std::size_t i = 0; i < shape.count(); ++i)
            weights[i % weights.size()] += double(slope.values()[i]) / double(shape.positions());
        const auto weighted = [&](int y, int x) {
            double sum = 0;
            for (int c = 0; c < shape.channels; ++c)
                sum += weights[std::size_t(c)] * double(activation.at(y, x, c));
            cutOff += sum < 0 ? 1 : 0;
            return sum < 0 ? 0 : sum;
        };
        const std::string block = address.substr(0, address.find('/'));
        const std::string asked = block == "conv_7b" ? "" : block;
        const SaliencyResult gradCam = ask(SaliencyMethod::GradCam, asked);
        QVERIFY2(gradCam.block == block && agree(gradCam.map, shape, weighted), block.c_str());
        const SaliencyResult hiResCam = ask(SaliencyMethod::HiResCam, asked);
        const auto product = [&](int y, int x) { return productAt(activation, slope, y, x); };
        QVERIFY2(hiResCam.block == block && agree(hiResCam.map, shape, product), block.c_str());
    }
    QVERIFY(cutOff > 0);
}

void TestMethodDefinitions::classMap()
{
    const Network &network = m_runner->network();
    const DenseStep &dense = std::get<TopStep>(network.plan().steps.back().work).dense.back();
    const float *kernel = network.weights() + dense.kernel; // inputs × classes
    const Tensor &activation = *m_run.captured.at("conv_7b/output");
    QCOMPARE(dense.inputs, activation.shape().channels);
    QVERIFY(agree(ask(SaliencyMethod::ClassMap).map, activation.shape(), [&](int y, int x) {
        double sum = 0;
        for (int c = 0; c < dense.inputs; ++c) {
            for (int k = 0; k < dense.units; ++k)
                sum += double(m_logitWeights[std::size_t(k)]) * double(kernel[c * dense.units + k]) *
                       double(activation.at(y, x, c));
        }
        return sum;
    }));
}

/// Each block's map and score, and the maps of all added up at the picture's size.
void TestMethodDefinitions::gradientTimesResidualAndEnergy()
{
    RunOptions options{.record = true};
    BackwardOptions back;
    for (const Block &block : m_runner->network().description().blocks) {
        if (block.residual) {
            options.capture.insert(options.capture.end(), {block.name + "/input", block.name + "/residual"});
            back.capture.push_back(block.name + "/sum");
        }
    }
    const RunResult run = m_runner->run(m_input, options);
    const Gradients gradients = m_runner->backward(*run.tape, m_logitWeights, back).gradients;
    for (const SaliencyMethod method : {SaliencyMethod::GradTimesResidual, SaliencyMethod::Energy}) {
        const bool energy = method == SaliencyMethod::Energy;
        const SaliencyResult composite = ask(method);
        QCOMPARE(composite.scores.size(), back.capture.size());
        Tensor sum(picture);
        for (const BlockContribution &score : composite.scores) {
            const Tensor &residual = *run.captured.at(score.block + "/residual");
            const Tensor &input = *run.captured.at(score.block + "/input");
            const Tensor &slope = *gradients.at(score.block + "/sum");
            double total = 0;
            const auto definition = [&](int y, int x) {
                const double value =
                    energy ? std::sqrt(productAt(residual, residual, y, x) / productAt(input, input, y, x))
                           : productAt(slope, residual, y, x);
                total += value;
                return value;
            };
            const Shape &shape = residual.shape();
            const Tensor map = ask(method, score.block).map;
            QVERIFY2(agree(map, shape, definition), score.block.c_str());
            total /= energy ? double(shape.positions()) : 1;
            QVERIFY(std::abs(score.total - total) <= 1e-5 * std::abs(total));

            const Tensor shares = sharesOf(shape.height);
            for (int i = 0; i < shape.height * shape.width; ++i) {
                for (int y = 0; y < size; ++y) {
                    const float part = shares.at(y, i / shape.width, 0) * map.data()[i];
                    for (int x = 0; x < size; ++x)
                        sum.at(y, x, 0) += shares.at(x, i % shape.width, 0) * part;
                }
            }
        }
        QVERIFY(agree(composite.map, picture, [&](int y, int x) { return sum.at(y, x, 0); }));
    }
}

/// A grey patch at every place of a grid of half its width, and one at the end.
void TestMethodDefinitions::occlusion()
{
    constexpr int patch = size / 7;
    std::vector<int> places;
    for (int place = 0; place < size - patch; place += patch / 2)
        places.push_back(place);
    places.push_back(size - patch);
    const auto explained = [&](const RunResult &run) {
        double sum = 0;
        for (std::size_t k = 0; k < run.logits.size(); ++k)
            sum += double(m_logitWeights[k]) * double(run.logits[k]);
        return sum;
    };
    const double whole = explained(m_runner->run(m_input));
    std::vector<std::vector<double>> falls(std::size_t(size * size)); // of all patches over a pixel
    for (const int top : places) {
        for (const int left : places) {
            Tensor covered = m_input.clone();
            for (int y = top; y < top + patch; ++y)
                for (int x = left; x < left + patch; ++x)
                    for (int c = 0; c < 3; ++c)
                        covered.at(y, x, c) = 0;
            const double fall = whole - explained(m_runner->run(covered));
            for (int y = top; y < top + patch; ++y)
                for (int x = left; x < left + patch; ++x)
                    falls[std::size_t(y * size + x)].push_back(fall);
        }
    }
    QVERIFY(agree(ask(SaliencyMethod::Occlusion).map, picture, [&](int y, int x) {
        const std::vector<double> &over = falls[std::size_t(y * size + x)];
        return std::accumulate(over.begin(), over.end(), 0.0) / double(over.size());
    }));
}

QTEST_APPLESS_MAIN(TestMethodDefinitions)
#include "test_method_definitions.moc"
