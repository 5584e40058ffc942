// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/session/session.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QtTest>

using namespace reslens;
using test::Desk;

/// Checks of a map as the window asks for them, with the worker on its own thread.
class TestExaminer : public QObject
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

    void nothingIsCheckedUnasked()
    {
        explain(SaliencyMethod::Direct);
        QVERIFY(!examiner().isRunning());
        QVERIFY(!examiner().examination());
    }

    void everyCheckIsMade()
    {
        explain(SaliencyMethod::Direct);
        QSignalSpy progress(m_session.get(), &Session::progressed);
        examiner().start();
        QVERIFY(m_session->isBusy());
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(), 60'000);
        QVERIFY(!m_session->isBusy());
        const Examination &found = *examiner().examination();
        QCOMPARE(found.explanation, m_session->explainer().explanation());
        const double probability = double(m_session->answer()->top[0].probability);
        QVERIFY(std::abs(found.insertion->map.probabilities.back() - probability) < 1e-5);
        QVERIFY(std::abs(found.deletion->map.probabilities.front() - probability) < 1e-5);
        QCOMPARE(found.insertion->random.size(), std::size_t(5));
        QCOMPARE(found.randomLogit->count, 2);
        QVERIFY(*found.sensitivity > 0);
        QVERIFY(std::abs(*found.lesions) <= 1);
        QCOMPARE(found.cascade.size(), std::size_t(9));
        QVERIFY(std::abs(found.cascade.back().correlations[1] - 1) < 1e-9);
        // What is counted is counted to its end.
        QCOMPARE(progress.last()[0].toInt(), progress.last()[1].toInt());
    }

    void whatAMethodCannotHaveIsLeftOut()
    {
        explain(SaliencyMethod::Energy);
        examiner().start();
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(), 60'000);
        QVERIFY(!examiner().examination()->randomLogit);
        QVERIFY(examiner().examination()->lesions);
        explain(SaliencyMethod::Gradient);
        QVERIFY(!examiner().examination());
        QSignalSpy progress(m_session.get(), &Session::progressed);
        examiner().start();
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(), 60'000);
        QVERIFY(examiner().examination()->randomLogit);
        QVERIFY(!examiner().examination()->lesions);
        QCOMPARE(progress.last()[0].toInt(), progress.last()[1].toInt());
    }

    void withoutAMapTheDefaultOneIsMade()
    {
        examiner().start();
        QTRY_VERIFY(examiner().isRunning());
        QVERIFY(m_session->explainer().question()->method == defaultSaliencyMethod);
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(), 60'000);
    }

    void resultsAreKeptForEachMap()
    {
        explain(SaliencyMethod::GradCam);
        examiner().start();
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(), 60'000);
        const ExaminationPtr first = examiner().examination();
        explain(SaliencyMethod::HiResCam);
        QVERIFY(!examiner().examination());
        explain(SaliencyMethod::GradCam);
        QCOMPARE(examiner().examination(), first);
    }

    void cancelStopsAtOnceAndKeepsWhatWasFound()
    {
        explain(SaliencyMethod::Occlusion);
        examiner().start();
        QTRY_VERIFY(examiner().examination());
        QElapsedTimer clock;
        clock.start();
        m_session->cancel();
        QVERIFY(!m_session->isBusy());
        // The worker is free again for something else.
        m_session->explainer().chooseMethod(SaliencyMethod::Energy);
        QTRY_VERIFY(m_session->explainer().explanation()->question.method == SaliencyMethod::Energy);
        QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
        explain(SaliencyMethod::Occlusion);
        QVERIFY(examiner().examination());
        QVERIFY(!examiner().examination()->complete);
    }

    void anotherMapEndsTheChecks()
    {
        explain(SaliencyMethod::Occlusion);
        examiner().start();
        explain(SaliencyMethod::Direct);
        QVERIFY(!examiner().isRunning());
        QVERIFY(!examiner().examination());
    }

    void anotherPictureForgetsWhatWasFound()
    {
        explain(SaliencyMethod::GradCam);
        examiner().start();
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(), 60'000);
        const ExplanationPtr before = m_session->explainer().explanation();
        m_session->openPaths({m_desk.picture(QStringLiteral("b.png"), {90, 60}, 120)});
        QTRY_VERIFY(m_session->explainer().explanation() && m_session->explainer().explanation() != before);
        QVERIFY(!examiner().examination());
    }

private:
    Examiner &examiner() { return m_session->examiner(); }

    bool isComplete()
    {
        const ExaminationPtr found = examiner().examination();
        return found && found->complete && !examiner().isRunning();
    }

    void explain(SaliencyMethod method)
    {
        m_session->explainer().chooseMethod(method);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->explainer().explanation() &&
                                     m_session->explainer().explanation()->question.method == method &&
                                     !m_session->explainer().isRunning(),
                                 30'000);
    }

    Desk m_desk;
    std::unique_ptr<Session> m_session;
};

QTEST_MAIN(TestExaminer)
#include "test_examiner.moc"
