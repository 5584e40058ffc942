// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/export/saliency_description.h"
#include "ui/session/session.h"

#include <QSignalSpy>
#include <QtTest>

#include <algorithm>
#include <numeric>

using namespace reslens;
using test::Desk;

/// Saliency as the window asks for it, with the worker on its own thread.
class TestExplainer : public QObject
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

    void nothingIsExplainedUnasked()
    {
        QVERIFY(!explainer().question());
        QVERIFY(!explainer().explanation());
        QVERIFY(!m_session->isBusy());
    }

    void theAnswersFirstClassIsExplained()
    {
        explainer().chooseMethod(SaliencyMethod::Direct);
        QVERIFY(m_session->isExplaining());
        QVERIFY(m_session->isBusy());
        QTRY_VERIFY(explainer().explanation());
        QVERIFY(!m_session->isBusy());
        const Explanation &explanation = *explainer().explanation();
        QVERIFY(std::abs(explanation.result.logit - double(m_session->answer()->top[0].logit)) < 1e-4);
        QCOMPARE(int(explanation.result.scores.size()), 6);
        QVERIFY(std::abs(*explanation.result.stem + blocksTotal(explanation.result) +
                         *explanation.result.biases - explanation.result.logit) < 1e-3);
        QCOMPARE(explanation.image(0.5).size(), QSize(75, 75));
    }

    void theChosenClassStaysForThePicture()
    {
        const Subject chosen{classAt(2), classAt(1)};
        explainer().chooseMethod(SaliencyMethod::Direct);
        explainer().chooseSubject(chosen);
        QTRY_VERIFY(!explainer().isRunning());
        m_session->setPreparation(KerasExact);
        QTRY_VERIFY(m_session->answer() && !m_session->isBusy());
        QVERIFY(explainer().subject() == chosen);
        QVERIFY(explainer().explanation()->question.subject == chosen);
        m_session->runAgain();
        QTRY_VERIFY(m_session->answer() && !m_session->isBusy());
        QVERIFY(explainer().subject() == chosen);
        m_session->openPaths({m_desk.picture(QStringLiteral("other.png"))});
        QTRY_VERIFY(m_session->answer() && !m_session->isBusy());
        QVERIFY((explainer().subject() == Subject{classAt(0), {}}));
    }

    void anotherClassHasAnotherMap()
    {
        explainer().chooseMethod(SaliencyMethod::Direct);
        QTRY_VERIFY(explainer().explanation());
        const ExplanationPtr first = explainer().explanation();
        explainer().explain(classAt(1));
        QTRY_VERIFY(explainer().explanation() != first);
        const Explanation &second = *explainer().explanation();
        QCOMPARE(second.question.subject.classIndex, classAt(1));
        QVERIFY(std::abs(second.result.logit - double(m_session->answer()->top[1].logit)) < 1e-4);
        QVERIFY(!std::ranges::equal(second.result.map.values(), first->result.map.values()));
    }

    void aClassAloneIsExplainedByTheMethodUsedLast()
    {
        explainer().chooseMethod(SaliencyMethod::HiResCam);
        explainer().toggle();
        QVERIFY(!explainer().question());
        explainer().explain(classAt(2));
        QVERIFY((explainer().question() ==
                 Question{.method = SaliencyMethod::HiResCam, .subject = {classAt(2), {}}}));
    }

    void aSecondClassGivesTheDifference()
    {
        explainer().chooseMethod(SaliencyMethod::Direct);
        std::vector<ExplanationPtr> shown;
        for (const Subject &subject :
             {Subject{classAt(0), {}}, Subject{classAt(1), {}}, Subject{classAt(0), classAt(1)}}) {
            explainer().chooseSubject(subject);
            QTRY_VERIFY(!explainer().isRunning());
            shown.push_back(explainer().explanation());
            QVERIFY(shown.back()->question.subject == subject);
        }
        QVERIFY(std::abs(shown[2]->result.logit - (shown[0]->result.logit - shown[1]->result.logit)) < 1e-4);
        for (std::size_t i = 0; i < shown[2]->result.map.values().size(); ++i)
            QVERIFY(std::abs(shown[2]->result.map.values()[i] -
                             (shown[0]->result.map.values()[i] - shown[1]->result.map.values()[i])) < 1e-4F);
        explainer().chooseSubject({classAt(0), {}});
        QTRY_VERIFY(!explainer().isRunning());
        QVERIFY(std::abs(explainer().explanation()->result.logit - shown[0]->result.logit) < 1e-6);
    }

    void aClassIsNotComparedWithItself()
    {
        explainer().chooseSubject({2, 2});
        QVERIFY((explainer().subject() == Subject{2, {}}));
        explainer().chooseSubject({1, 0});
        explainer().explain(0);
        QVERIFY((explainer().subject() == Subject{0, {}}));
    }

    void withoutAMapOnlyTheClassIsKept()
    {
        explainer().chooseSubject({classAt(1), classAt(2)});
        QVERIFY(!explainer().question());
        QVERIFY(!m_session->isBusy());
        explainer().chooseMethod(SaliencyMethod::GradCam);
        QVERIFY((explainer().question()->subject == Subject{classAt(1), classAt(2)}));
    }

    void aBranchHasAMapOfItsOwn()
    {
        explainer().chooseMethod(SaliencyMethod::Direct);
        explainer().chooseBlock(QStringLiteral("block35_2"), 1);
        QTRY_VERIFY(!explainer().isRunning());
        const ExplanationPtr branch = explainer().explanation();
        const BlockContribution &score = branch->result.scores[1];
        QCOMPARE(int(score.branches.size()), 3);
        const auto values = branch->result.map.values();
        const double sum = std::accumulate(values.begin(), values.end(), 0.0);
        QVERIFY(std::abs(sum - score.branches[1]) < 1e-4);
        explainer().chooseMethod(SaliencyMethod::Energy);
        QVERIFY(!explainer().question()->branch);
        QCOMPARE(explainer().question()->block, QStringLiteral("block35_2"));
    }

    void aBlocksMapLiesWhereItsPositionsLook()
    {
        explainer().chooseMethod(SaliencyMethod::Direct);
        QTRY_VERIFY(explainer().explanation());
        explainer().chooseBlock(QStringLiteral("block35_2"));
        QTRY_VERIFY(!explainer().isRunning());
        const ModelSummary &model = *m_session->model();
        const int node = *model.description.find("block35_2/output");
        const MapGeometry &geometry = model.geometries[std::size_t(node)];
        const Explanation &explanation = *explainer().explanation();
        const Tensor expected = enlarged(explanation.result.map, geometry, 75, 75);
        QVERIFY(std::ranges::equal(explanation.shown.values(), expected.values()));
        QCOMPARE(explanation.image(0.5).size(), QSize(75, 75));
    }

    void aBlockTwiceIsTheComposite()
    {
        explainer().chooseMethod(SaliencyMethod::GradTimesResidual);
        explainer().chooseBlock(QStringLiteral("block17_2"));
        QTRY_VERIFY(explainer().explanation());
        QCOMPARE(explainer().explanation()->result.block, std::string("block17_2"));
        QVERIFY(explainer().explanation()->result.map.shape().height < 75);
        explainer().chooseBlock(QStringLiteral("block17_2"));
        QTRY_COMPARE(explainer().explanation()->result.block, std::string());
        QCOMPARE(explainer().explanation()->result.map.shape().height, 75);
    }

    void fromABlockBackToAll()
    {
        explainer().chooseMethod(SaliencyMethod::Direct);
        QVERIFY(!explainer().isOfBlock());
        explainer().chooseAllBlocks();
        QCOMPARE(explainer().question()->block, QString());
        explainer().chooseBlock(QStringLiteral("block35_2"), 1);
        QVERIFY(explainer().isOfBlock());
        explainer().chooseAllBlocks();
        QVERIFY(!explainer().isOfBlock());
        QVERIFY(!explainer().question()->branch);
        QTRY_VERIFY(explainer().explanation());
        QCOMPARE(explainer().explanation()->result.block, std::string());
    }

    void aBlocksMapIsCalledByWhatItIs()
    {
        explainer().chooseMethod(SaliencyMethod::DirectWithClassMap);
        QTRY_VERIFY(explainer().explanation());
        QCOMPARE(titleOf(*explainer().explanation()), QStringLiteral("Direct path with class map"));
        explainer().chooseBlock(QStringLiteral("block35_2"), 1);
        QTRY_VERIFY(!explainer().isRunning());
        QCOMPARE(titleOf(*explainer().explanation()), QStringLiteral("Direct path · block35_2 · branch 1"));
    }

    void theMapFollowsToAnotherResidualBlock()
    {
        explainer().chooseMethod(SaliencyMethod::Direct);
        explainer().followBlock(QStringLiteral("block35_1"));
        QVERIFY(!explainer().isOfBlock());
        explainer().chooseBlock(QStringLiteral("block35_1"), 2);
        explainer().followBlock(QStringLiteral("block35_2"));
        QCOMPARE(explainer().question()->block, QStringLiteral("block35_2"));
        QCOMPARE(explainer().question()->branch, std::optional(2));
        // It has two branches only.
        explainer().followBlock(QStringLiteral("block17_1"));
        QCOMPARE(explainer().question()->block, QStringLiteral("block17_1"));
        QVERIFY(!explainer().question()->branch);
        for (const char *other : {"stem", "mixed_6a", "predictions", "no_such_block"})
            explainer().followBlock(QString::fromLatin1(other));
        QCOMPARE(explainer().question()->block, QStringLiteral("block17_1"));
        QTRY_VERIFY(!explainer().isRunning());
        QCOMPARE(explainer().explanation()->result.block, std::string("block17_1"));
    }

    void aMethodOfAnotherPlaceForgetsTheBlock()
    {
        explainer().chooseMethod(SaliencyMethod::Direct);
        explainer().chooseBlock(QStringLiteral("block35_1"));
        explainer().chooseMethod(SaliencyMethod::Energy);
        QCOMPARE(explainer().question()->block, QStringLiteral("block35_1"));
        explainer().chooseMethod(SaliencyMethod::ClassMap);
        QCOMPARE(explainer().question()->block, QString());
        QTRY_VERIFY(explainer().explanation());
    }

    void onlyTheNewestDelivers()
    {
        QStringList shown;
        ExplanationPtr last;
        connect(&explainer(), &Explainer::changed, this, [&] {
            const ExplanationPtr now = explainer().explanation();
            if (now && now != last)
                shown << QString::fromUtf8(now->method().name);
            last = now;
        });
        for (const SaliencyMethodInfo &info : saliencyMethods())
            explainer().chooseMethod(info.method);
        explainer().chooseMethod(SaliencyMethod::GradCam);
        QTRY_VERIFY(!m_session->isBusy());
        QTest::qWait(50);
        QCOMPARE(shown, QStringList(QStringLiteral("grad-cam")));
    }

    void offRemovesTheMap()
    {
        explainer().chooseMethod(SaliencyMethod::Energy);
        QTRY_VERIFY(explainer().explanation());
        explainer().toggle();
        QVERIFY(!explainer().explanation());
        explainer().toggle();
        QVERIFY(explainer().question()->method == SaliencyMethod::Energy);
        QTRY_VERIFY(explainer().explanation());
    }

    void cancelGoesBackToWhatIsShown()
    {
        explainer().chooseMethod(SaliencyMethod::Direct);
        QTRY_VERIFY(explainer().explanation());
        const ExplanationPtr before = explainer().explanation();
        int passes = 0;
        QObject context;
        connect(m_session.get(), &Session::progressed, &context, [&] {
            if (++passes == 3)
                m_session->cancel();
        });
        explainer().chooseMethod(SaliencyMethod::IntegratedGradients);
        QTRY_COMPARE(passes, 3);
        QVERIFY(!m_session->isBusy());
        QCOMPARE(m_session->state(), Session::State::Answered);
        QVERIFY(explainer().question() == before->question);
        QTest::qWait(100);
        QCOMPARE(explainer().explanation(), before);
        explainer().chooseMethod(SaliencyMethod::Gradient);
        QTRY_VERIFY(explainer().explanation() != before);
    }

    void cancelOfTheFirstLeavesNoQuestion()
    {
        explainer().chooseMethod(SaliencyMethod::Occlusion);
        m_session->cancel();
        QVERIFY(!explainer().question());
        QTest::qWait(50);
        QVERIFY(!explainer().explanation());
    }

    void anotherPictureIsExplainedToo()
    {
        explainer().chooseMethod(SaliencyMethod::Direct);
        explainer().explain(classAt(1));
        QTRY_VERIFY(explainer().explanation());
        const ExplanationPtr before = explainer().explanation();
        m_session->openPaths({m_desk.picture(QStringLiteral("b.png"), {90, 60}, 120)});
        QTRY_VERIFY(explainer().explanation() && explainer().explanation() != before);
        QCOMPARE(explainer().explanation()->question.subject.classIndex, classAt(0));
        QVERIFY(std::abs(explainer().explanation()->result.logit -
                         double(m_session->answer()->top[0].logit)) < 1e-4);
    }

    void whatIsWantedOutlastsAPictureThatCameBeforeItsMap()
    {
        explainer().chooseMethod(SaliencyMethod::Direct);
        m_session->openPaths({m_desk.picture(QStringLiteral("b.png"), {90, 60}, 120)});
        QVERIFY(!explainer().isRunning());
        QTRY_VERIFY(explainer().explanation());
        QCOMPARE(explainer().explanation()->question.method, SaliencyMethod::Direct);

        // Nor is it lost to what cannot be opened.
        explainer().chooseMethod(SaliencyMethod::Gradient);
        QVERIFY(QDir(m_desk.path(QString())).mkpath(QStringLiteral("empty")));
        m_session->openPaths({m_desk.path(QStringLiteral("empty"))});
        QTRY_VERIFY(explainer().explanation() &&
                    explainer().explanation()->question.method == SaliencyMethod::Gradient);

        // Unless the user stops everything: then what is shown is what counts.
        explainer().chooseMethod(SaliencyMethod::Energy);
        m_session->openPaths({m_desk.path(QStringLiteral("empty"))});
        m_session->cancel();
        QCOMPARE(explainer().question()->method, SaliencyMethod::Gradient);
    }

    void withoutClassesOnlyWhatNeedsNoneIsShown()
    {
        explainer().chooseMethod(SaliencyMethod::Direct);
        m_session->loadModel(m_desk.model(QStringLiteral("notop.h5"), false));
        QTRY_VERIFY(m_session->model() && !m_session->model()->hasTop());
        QTRY_COMPARE(m_session->state(), Session::State::Answered);
        QVERIFY(!explainer().explanation());
        QVERIFY(!explainer().obstacle(SaliencyMethod::Direct).isEmpty());
        QVERIFY(explainer().obstacle(SaliencyMethod::Energy).isEmpty());
        explainer().chooseMethod(SaliencyMethod::Energy);
        QTRY_VERIFY(explainer().explanation());
    }

    void aMapWithoutContrastHasWordsAndNoImage()
    {
        // At the end of a network for 75 × 75 pixels there is one position.
        explainer().chooseMethod(SaliencyMethod::ClassMap);
        QTRY_VERIFY(explainer().explanation());
        QVERIFY(explainer().explanation()->image(0.5).isNull());
        QVERIFY(explainer().explanation()->remark.contains(QStringLiteral("the same value everywhere")));
    }

    void zeroIsTheMiddleColour()
    {
        const ExplanationPtr explanation = explanationOfValues({-2, 0, 0.5F});
        const Rgb middle = colour(ColorMap::Diverging, 0.5F);
        const QImage opaque = explanation->image(1);
        QCOMPARE(opaque.pixel(1, 1), qRgb(middle[0], middle[1], middle[2]));
        const Rgb low = colour(ColorMap::Diverging, 0);
        QCOMPARE(opaque.pixel(0, 1), qRgb(low[0], low[1], low[2]));
    }

    void thePhotoStaysClearWhereTheMapIsZero()
    {
        const ExplanationPtr explanation = explanationOfValues({-2, 0, 0.5F});
        const QImage image = explanation->image(0.5);
        const auto coverageAt = [&](int x) { return qAlpha(image.pixel(x, 1)) / 255.0; };
        for (const auto &[x, value] : {std::pair{0, -2.0F}, {1, 0.0F}, {2, 0.5F}})
            QVERIFY(std::abs(coverageAt(x) - double(coverage(explanation->scale(), value, 0.5F))) < 0.003);
        QVERIFY(coverageAt(1) < coverageAt(2) && coverageAt(2) < coverageAt(0));
    }

private:
    /// Of a map of one line, at an input as wide as it is.
    static ExplanationPtr explanationOfValues(const std::vector<float> &values)
    {
        SaliencyResult result;
        result.map = Tensor({1, int(values.size()), 1});
        std::ranges::copy(values, result.map.values().begin());
        ModelSummary model;
        model.inputSize = int(values.size());
        return explanationOf({}, std::move(result), model);
    }

    Explainer &explainer() { return m_session->explainer(); }
    int classAt(std::size_t row) const { return m_session->answer()->top[row].classIndex; }

    Desk m_desk;
    std::unique_ptr<Session> m_session;
};

QTEST_MAIN(TestExplainer)
#include "test_explainer.moc"
