// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/session/session.h"

#include <QSignalSpy>
#include <QtTest>

#include <cmath>

using namespace reslens;
using test::Desk;

/// Lesions as the window asks for them, with the worker on its own thread.
class TestLesionStudy : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_session = std::make_unique<Session>();
        m_session->loadModel(m_desk.model(QStringLiteral("small.h5")));
        m_session->openPaths({m_desk.picture(QStringLiteral("a.png"), {90, 60})});
        QTRY_COMPARE(m_session->state(), Session::State::Answered);
    }

    void cleanup() { m_session.reset(); }

    void nothingIsChangedUnasked()
    {
        QCOMPARE(study().intact(), m_session->answer());
        QCOMPARE(study().outcome(), study().intact());
        QVERIFY(study().lesions().isIntact());
        QVERIFY(!study().lens());
        QCOMPARE(int(study().blocks().size()), 6);
        QCOMPARE(study().measuredCount(), 0);
        QVERIFY(!m_session->isBusy());
    }

    void aLesionMovesTheAnswerAndResetRestoresIt()
    {
        study().scale(QStringLiteral("block17"), 0);
        QTRY_VERIFY(!study().isBehind());
        QVERIFY(study().outcome()->logits != study().intact()->logits);
        QCOMPARE(int(study().outcome()->top.size()), 3);
        study().reset();
        QVERIFY(study().lesions().isIntact());
        QCOMPARE(study().outcome(), study().intact());
        QTest::qWait(50);
        QCOMPARE(study().outcome(), study().intact());
    }

    void aStageIsAllItsBlocks()
    {
        const std::vector<float> whole = after([&] { study().scale(QStringLiteral("block8"), 0.5F); });
        study().reset();
        study().scale(QStringLiteral("block8_1"), 0.5F);
        const std::vector<float> oneByOne = after([&] { study().scale(QStringLiteral("block8_2"), 0.5F); });
        QCOMPARE(whole, oneByOne);
    }

    void allBranchesOffLeaveTheBias()
    {
        for (int branch = 0; branch < 3; ++branch)
            study().scaleBranch(QStringLiteral("block35_1"), branch, 0);
        QTRY_VERIFY(!study().isBehind());
        const std::vector<float> branches = study().outcome()->logits;
        const std::vector<float> block = after([&] { study().scale(QStringLiteral("block35_1"), 0); });
        QVERIFY(branches != block);
        QVERIFY(branches != study().intact()->logits);
    }

    void theNewestFactorsWin()
    {
        const std::vector<float> wanted = after([&] { study().scale(QStringLiteral("block17_1"), 0.25F); });
        study().reset();
        for (int step = 0; step <= 100; ++step)
            study().scale(QStringLiteral("block17_1"), 2 - float(step) / 100);
        const std::vector<float> found = after([&] { study().scale(QStringLiteral("block17_1"), 0.25F); });
        QCOMPARE(found, wanted);
    }

    void whatIsStaleIsDropped()
    {
        study().scale(QStringLiteral("block35_1"), 0);
        m_session->openPaths({m_desk.picture(QStringLiteral("b.png"), {90, 60}, 120)});
        QTRY_COMPARE(m_session->state(), Session::State::Answered);
        QCOMPARE(study().intact(), m_session->answer());
        QTest::qWait(50);
        // Nobody looks, so the lesions that are kept are not computed.
        QCOMPARE(study().outcome(), study().intact());
        QVERIFY(!study().lesions().isIntact());
        study().setShown(true);
        QTRY_VERIFY(study().outcome() != study().intact());
    }

    void otherBlocksHaveOtherLesions()
    {
        study().scale(QStringLiteral("block17_1"), 0);
        m_session->loadEmbeddedModel();
        QTRY_VERIFY(m_session->model()->embedded && m_session->state() == Session::State::Answered);
        QVERIFY(study().lesions().isIntact());
        QCOMPARE(int(study().blocks().size()), 40);
    }

    void theLensIsReadWhenItIsSeen()
    {
        study().setShown(true);
        QTRY_VERIFY(study().lens());
        QCOMPARE(int(study().lens()->size()), 3);
        QCOMPARE(study().lens()->back().logits, study().intact()->logits);
        m_session->openPaths({m_desk.picture(QStringLiteral("b.png"), {90, 60}, 120)});
        QTRY_VERIFY(m_session->state() == Session::State::Answered && study().lens());
        QCOMPARE(study().lens()->back().logits, study().intact()->logits);
    }

    void measuresEveryBlock()
    {
        QSignalSpy progress(m_session.get(), &Session::progressed);
        study().measure();
        QVERIFY(m_session->isBusy());
        QTRY_VERIFY(study().agreement());
        QVERIFY(!m_session->isBusy());
        QVERIFY(std::abs(*study().agreement()) <= 1);
        QCOMPARE(progress.last().at(0).toInt(), 6);
        QCOMPARE(progress.last().at(1).toInt(), 6);
        m_session->explainer().chooseMethod(SaliencyMethod::Direct);
        QTRY_VERIFY(m_session->explainer().explanation());
        for (std::size_t i = 0; i < study().blocks().size(); ++i) {
            const LesionStudy::Block block = study().blocks()[i];
            study().reset();
            after([&] { study().scale(block.name, 0); });
            const double drop = study().logitOf(*study().intact()) - study().logitOf(*study().outcome());
            QVERIFY(std::abs(*block.drop - drop) < 1e-9);
            QVERIFY(std::abs(*block.attribution -
                             m_session->explainer().explanation()->result.scores[i].total) < 1e-6);
        }
    }

    void theDropOfADifferenceIsTheDifferenceOfDrops()
    {
        const auto dropsOf = [&](const Subject &subject) {
            m_session->explainer().chooseSubject(subject);
            study().measure();
            std::vector<double> drops;
            if (QTest::qWaitFor([&] { return study().agreement() && !study().isMeasuring(); }))
                for (const LesionStudy::Block &block : study().blocks())
                    drops.push_back(*block.drop);
            return drops;
        };
        const std::vector<double> first = dropsOf({0, {}});
        const std::vector<double> second = dropsOf({1, {}});
        const std::vector<double> difference = dropsOf({0, 1});
        QCOMPARE(int(difference.size()), 6);
        for (std::size_t i = 0; i < difference.size(); ++i)
            QVERIFY(std::abs(difference[i] - (first[i] - second[i])) < 1e-5);
    }

    void slidersGoBeforeTheTable()
    {
        study().measure();
        after([&] { study().scale(QStringLiteral("block35_1"), 0); });
        QVERIFY(study().outcome()->logits != study().intact()->logits);
        QVERIFY(study().isMeasuring());
        QTRY_VERIFY(study().agreement());
        QVERIFY(study().outcome()->logits != study().intact()->logits);
    }

    void escStopsTheTableAndKeepsWhatIsMeasured()
    {
        study().measure();
        QTRY_VERIFY(study().measuredCount() > 0);
        m_session->cancel();
        const int measured = study().measuredCount();
        QVERIFY(!study().isMeasuring());
        QVERIFY(!m_session->isBusy());
        QCOMPARE(m_session->state(), Session::State::Answered);
        QTest::qWait(50);
        QCOMPARE(study().measuredCount(), measured);
        study().measure();
        QTRY_VERIFY(study().agreement());
    }

    void whatWasStoppedIsNotStartedUnasked()
    {
        QObject once;
        connect(&study(), &LesionStudy::progressed, &once, [this] { m_session->cancel(); });
        study().measureOnce();
        QTRY_COMPARE(study().measuredCount(), 1);
        study().measureOnce();
        QVERIFY(!study().isMeasuring());
        m_session->explainer().chooseSubject({1, {}});
        QVERIFY(!study().isMeasuring());
        // Another picture is another question.
        m_session->openPaths({m_desk.picture(QStringLiteral("b.png"), {90, 60}, 120)});
        QTRY_COMPARE(m_session->state(), Session::State::Answered);
        QCOMPARE(study().measuredCount(), 0);
        study().measureOnce();
        QVERIFY(study().isMeasuring());
    }

    void aFailureStopsNeitherTheMeasuringNorNewerFactors()
    {
        const std::vector<float> wanted = after([&] { study().scale(QStringLiteral("block17_1"), 0.5F); });
        study().reset();
        QSignalSpy problem(m_session.get(), &Session::problem);
        study().measure();
        // Beyond what a float holds.
        study().scale(QStringLiteral("block35"), 3e38F);
        study().scale(QStringLiteral("block35"), 1);
        study().scale(QStringLiteral("block17_1"), 0.5F);
        QTRY_COMPARE(problem.count(), 1);
        QTRY_VERIFY(!study().isBehind());
        QCOMPARE(study().outcome()->logits, wanted);
        QTRY_VERIFY(!study().isMeasuring());
        QCOMPARE(study().measuredCount(), 6);
    }

    void withoutClassesThereIsNothing()
    {
        m_session->loadModel(m_desk.model(QStringLiteral("notop.h5"), false));
        QTRY_VERIFY(m_session->model() && !m_session->model()->hasTop());
        QTRY_COMPARE(m_session->state(), Session::State::Answered);
        study().setShown(true);
        QVERIFY(!study().intact());
        QVERIFY(study().blocks().empty());
        study().measure();
        QVERIFY(!m_session->isBusy());
    }

private:
    LesionStudy &study() { return m_session->lesions(); }

    /// The logits once a change has been carried out.
    std::vector<float> after(const std::function<void()> &change)
    {
        change();
        return QTest::qWaitFor([&] { return !study().isBehind(); }) ? study().outcome()->logits
                                                                    : std::vector<float>();
    }

    Desk m_desk;
    std::unique_ptr<Session> m_session;
};

QTEST_MAIN(TestLesionStudy)
#include "test_lesion_study.moc"
