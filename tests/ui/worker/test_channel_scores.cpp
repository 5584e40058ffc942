// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/prediction.h"
#include "tests/ui/desk.h"
#include "ui/session/session.h"

#include <QSignalSpy>
#include <QtTest>
#include <numeric>

using namespace reslens;

/// How much channels speak for a class, as the window asks for it.
class TestChannelScores : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_session = std::make_unique<Session>();
        m_session->loadModel(m_desk.model(QStringLiteral("small.h5")));
    }

    void cleanup() { m_session.reset(); }

    void scoresOfTheLastBlockAddUpToTheLogit()
    {
        // The logit is linear in conv_7b's output: what is left is the bias, whatever the picture.
        std::vector<double> biases;
        for (const int hue : {0, 140}) {
            show(hue);
            const ChannelScoresPtr scores = scoresFor(1);
            QCOMPARE(int(scores->scores.size()), int(m_session->maps()->maps.size()));
            biases.push_back(
                logit(1) - std::accumulate(scores->scores.back().begin(), scores->scores.back().end(), 0.0));
        }
        QVERIFY2(std::abs(biases[0] - biases[1]) < 1e-4, qPrintable(QString::number(biases[0] - biases[1])));
    }

    void whatIsKnownIsNotAskedAgain()
    {
        show(0);
        const ChannelScoresPtr first = scoresFor(0);
        const ChannelScoresPtr second = scoresFor(2);
        QVERIFY(first->scores != second->scores);
        m_session->ranking().ask(m_session->maps(), 0);
        QVERIFY(!m_session->ranking().isRunning());
        QCOMPARE(m_session->ranking().scores(), first);
        show(90);
        QVERIFY(!m_session->ranking().scores());
    }

    void escapeStops()
    {
        show(0);
        QSignalSpy problems(m_session.get(), &Session::problem);
        m_session->ranking().ask(m_session->maps(), 0);
        QVERIFY(m_session->isBusy());
        m_session->cancel();
        QVERIFY(!m_session->isBusy());
        QTest::qWait(50);
        QVERIFY(!m_session->ranking().scores());
        QCOMPARE(problems.count(), 0);
    }

private:
    void show(int hue)
    {
        m_session->openPaths({m_desk.picture(QStringLiteral("%1.png").arg(hue), {75, 75}, hue)});
        m_session->openBlock(QStringLiteral("conv_7b"));
        QTRY_VERIFY(m_session->maps() && m_session->maps()->source.name == QStringLiteral("%1.png").arg(hue));
    }

    ChannelScoresPtr scoresFor(int classIndex)
    {
        m_session->ranking().ask(m_session->maps(), classIndex);
        [&] { QTRY_VERIFY(m_session->ranking().scores()); }();
        return m_session->ranking().scores();
    }

    double logit(int classIndex) const
    {
        const std::vector<Prediction> &top = m_session->answer()->top;
        return double(std::ranges::find(top, classIndex, &Prediction::classIndex)->logit);
    }

    test::Desk m_desk;
    std::unique_ptr<Session> m_session;
};

QTEST_MAIN(TestChannelScores)
#include "test_channel_scores.moc"
