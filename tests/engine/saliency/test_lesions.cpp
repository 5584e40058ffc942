// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/evaluation/map_checks.h"
#include "engine/saliency/lesion_set.h"
#include "engine/saliency/lesions.h"
#include "engine/saliency/logit_lens.h"
#include "tests/support/golden.h"
#include "tests/support/keras_file_writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <filesystem>

using namespace reslens;

namespace {

std::filesystem::path golden(const std::string &file)
{
    return std::filesystem::path(RESLENS_TEST_DATA) / "golden" / file;
}

std::optional<ErrorKind> failure(const std::function<void()> &call)
{
    try {
        call();
    } catch (const Error &error) {
        return error.kind();
    }
    return {};
}

/// All residual blocks whose names begin so, at one factor.
std::vector<Lesion> stage(const Description &description, const std::string &prefix, float factor)
{
    std::vector<Lesion> lesions;
    for (const Block &block : description.blocks)
        if (block.residual && block.name.starts_with(prefix))
            lesions.push_back({.block = block.name, .residual = factor});
    return lesions;
}

} // namespace

/// Lesions and the logit lens, taken up from the blocks' outputs of one run.
class TestLesions : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void goesOnAsARunFromTheStart_data();
    void goesOnAsARunFromTheStart();
    void withoutLesionsNothingChanges();
    void onlyWhatLiesBehindIsComputed();
    void dropsAreThoseOfSingleLesions();
    void setHoldsFactors();
    void lensEndsWithTheAnswer();
    void lensIsARunWithoutLaterResiduals();
    void refusesWhatCannotBeDone();

private:
    const Description &description() const { return m_runner->network().description(); }

    std::unique_ptr<Runner> m_runner;
    Tensor m_input;
    RunResult m_whole;
};

void TestLesions::initTestCase()
{
    test::Golden reference = test::readGolden(golden("shuffled.reference.h5"));
    LoadOptions options;
    options.inputSize = reference.input.shape().height;
    m_runner = std::make_unique<Runner>(Network::load(golden("shuffled.h5"), options), 2);
    m_input = std::move(reference.input);
    m_whole = m_runner->run(m_input, {.capture = blockOutputAddresses(description())});
}

void TestLesions::goesOnAsARunFromTheStart_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<float>("factor");
    for (const char *prefix : {"block35", "block17", "block8", "block17_2", "block"})
        for (const float factor : {0.0F, 0.5F, 2.0F})
            QTest::newRow(qPrintable(QStringLiteral("%1 at %2").arg(prefix).arg(double(factor))))
                << QString(prefix) << factor;
}

void TestLesions::goesOnAsARunFromTheStart()
{
    QFETCH(QString, prefix);
    QFETCH(float, factor);
    std::vector<Lesion> lesions = stage(description(), prefix.toStdString(), factor);
    QVERIFY(!lesions.empty());
    lesions.push_back({.block = "block8_1", .residual = 1, .branches = {1, factor}});
    if (prefix == "block8" || prefix == "block")
        lesions.pop_back();
    const RunResult fromStart = m_runner->run(m_input, {.lesions = lesions});
    const RunResult onwards = runLesioned(*m_runner, m_whole.captured, lesions);
    QVERIFY(onwards.logits == fromStart.logits);
    QVERIFY(onwards.probabilities == fromStart.probabilities);
    QVERIFY(onwards.logits != m_whole.logits);
}

void TestLesions::withoutLesionsNothingChanges()
{
    QVERIFY(runLesioned(*m_runner, m_whole.captured, {}).logits == m_whole.logits);
    const std::vector<Lesion> none = stage(description(), "block", 1);
    QVERIFY(runLesioned(*m_runner, m_whole.captured, none).logits == m_whole.logits);
}

void TestLesions::onlyWhatLiesBehindIsComputed()
{
    // What lies before the lesion is neither there nor missed.
    BlockOutputs outputs{{"block17_1/output", m_whole.captured.at("block17_1/output")}};
    const std::vector<Lesion> lesions{{.block = "block17_2", .residual = 0}};
    QVERIFY(runLesioned(*m_runner, outputs, lesions).logits ==
            m_runner->run(m_input, {.lesions = lesions}).logits);
}

void TestLesions::dropsAreThoseOfSingleLesions()
{
    const std::vector<double> drops = lesionDrops(*m_runner, m_input, std::vector<float>{0, 1, -1});
    std::size_t row = 0;
    const LesionSet set(description());
    for (const Lesion &lesion : set.blocks()) {
        const RunResult without =
            runLesioned(*m_runner, m_whole.captured, {{.block = lesion.block, .residual = 0}});
        const double fall = double(m_whole.logits[1]) - double(m_whole.logits[2]) -
                            (double(without.logits[1]) - double(without.logits[2]));
        QVERIFY(std::abs(fall - drops.at(row++)) < 1e-6);
    }
    QCOMPARE(row, drops.size());
}

void TestLesions::setHoldsFactors()
{
    LesionSet set(description());
    QVERIFY(set.isIntact());
    QVERIFY(set.changed().empty());
    const std::size_t blocks = set.blocks().size();
    QCOMPARE(set.blocks().front().branches.size(), std::size_t(3));
    set.scale("block17", 0);
    set.scale("block17_1", 1);
    set.scaleBranch("block35_1", 2, 0.5F);
    QCOMPARE(set.blocks().size(), blocks);
    QCOMPARE(int(set.changed().size()), description().architecture.block17);
    QCOMPARE(set.changed()[0].block, std::string("block35_1"));
    QVERIFY((set.changed()[0].branches == std::vector<float>{1, 1, 0.5F}));
    QCOMPARE(set.changed()[1].block, std::string("block17_2"));
    QVERIFY(set.changed()[1].branches.empty());
    QVERIFY(!set.isOffDistribution());
    set.scaleBranch("block8", 1, 1.25F);
    QVERIFY(set.isOffDistribution());
    QVERIFY(failure([&] { set.scale("stem", 0); }) == ErrorKind::InvalidArgument);
    QVERIFY(failure([&] { set.scale("block17_99", 0); }) == ErrorKind::InvalidArgument);
    QVERIFY(failure([&] { set.scaleBranch("block17_1", 2, 0); }) == ErrorKind::InvalidArgument);
    QVERIFY(failure([&] { set.scale("block17_1", NAN); }) == ErrorKind::InvalidArgument);
}

void TestLesions::lensEndsWithTheAnswer()
{
    const std::vector<LensStep> steps = logitLens(*m_runner, m_whole.captured);
    QCOMPARE(int(steps.size()), 1 + description().architecture.block8);
    QCOMPARE(steps.front().block, std::string("mixed_7a"));
    for (const LensStep &step : steps)
        QCOMPARE(step.isCalibrated, &step == &steps.back());
    QVERIFY(steps.back().logits == m_whole.logits);
    QVERIFY(steps.back().probabilities == m_whole.probabilities);
    QVERIFY(steps.front().logits != m_whole.logits);
}

void TestLesions::lensIsARunWithoutLaterResiduals()
{
    const std::vector<LensStep> steps = logitLens(*m_runner, m_whole.captured);
    std::vector<Lesion> lesions = stage(description(), "block8", 0);
    for (const LensStep &step : steps) {
        if (step.block != "mixed_7a")
            lesions.erase(lesions.begin());
        QCOMPARE(step.logits, m_runner->run(m_input, {.lesions = lesions}).logits);
    }
}

void TestLesions::refusesWhatCannotBeDone()
{
    QVERIFY(failure([&] { runLesioned(*m_runner, m_whole.captured, {{.block = "stem", .residual = 0}}); }) ==
            ErrorKind::InvalidArgument);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(failure([&] { logitLens(*m_runner, m_whole.captured, stop.get_token()); }) ==
            ErrorKind::Cancelled);
    QVERIFY(failure([&] {
                runLesioned(*m_runner, m_whole.captured, {{.block = "block8_1", .residual = 0}},
                            stop.get_token());
            }) == ErrorKind::Cancelled);

    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("notop.h5").toStdString();
    test::writeKerasFile(file, test::randomNetwork(Architecture::standard(0.0625, 1, 1, 1, 0)));
    Runner runner(Network::load(file, {.inputSize = 75, .stop = {}, .progress = {}}), 1);
    const RunResult run =
        runner.run(Tensor({75, 75, 3}), {.capture = blockOutputAddresses(runner.network().description())});
    QVERIFY(failure([&] { runLesioned(runner, run.captured, {}); }) == ErrorKind::NoTop);
    QVERIFY(failure([&] { logitLens(runner, run.captured); }) == ErrorKind::NoTop);
}

QTEST_APPLESS_MAIN(TestLesions)
#include "test_lesions.moc"
