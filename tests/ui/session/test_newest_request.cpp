// SPDX-License-Identifier: GPL-3.0-or-later
// The worker answers in the order in which it was asked, also what nobody wants any more.
#include "ui/session/block_model.h"
#include "ui/session/channel_ranking.h"
#include "ui/session/comparer.h"
#include "ui/session/energies.h"
#include "ui/session/unit_explainer.h"
#include "ui/worker/requests.h"

#include <QThread>
#include <QtTest>

using namespace reslens;

class TestNewestRequest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_idle = std::make_unique<QThread>();
        m_worker = std::make_unique<Worker>();
        // That never runs: the requests stay where they are, and the test answers in the worker's place.
        m_worker->moveToThread(m_idle.get());
        m_requests = std::make_unique<Requests>(m_worker.get());
        auto model = std::make_shared<ModelSummary>();
        for (const char *name : {"block35_1", "block35_2"})
            model->blocks.push_back({QString::fromLatin1(name), {2, 2, 3}, true});
        m_model = model;
        m_answer = answer();
    }

    void storyOfAUnit()
    {
        UnitExplainer explainer(*m_requests);
        explainer.ask({0, 0, {}, m_model});
        explainer.ask({0, 1, {}, m_model});
        emit m_worker->unitExplained(1, std::make_shared<UnitStory>());
        QVERIFY(!explainer.story());
        emit m_worker->failed(1, QStringLiteral("no"));
        QCOMPARE(explainer.obstacle(), QString());
        const auto story = std::make_shared<UnitStory>();
        emit m_worker->unitExplained(2, story);
        QCOMPARE(explainer.story(), UnitStoryPtr(story));
    }

    void comparison()
    {
        Comparer comparer(*m_requests);
        ComparisonRequest request;
        request.block = QStringLiteral("stem");
        comparer.ask(request);
        request.block = QStringLiteral("conv_7b");
        comparer.ask(request);
        emit m_worker->compared(1, std::make_shared<Comparison>());
        QVERIFY(comparer.isRunning() && !comparer.comparison());
        const auto newest = std::make_shared<Comparison>();
        emit m_worker->compared(2, newest);
        QVERIFY(!comparer.isRunning());
        QCOMPARE(comparer.comparison(), ComparisonPtr(newest));
    }

    void scoresOfChannels()
    {
        ChannelRanking ranking(*m_requests);
        ranking.setAnswer(m_answer);
        const auto maps = std::make_shared<BlockMaps>();
        ranking.ask(maps, 1);
        ranking.ask(maps, 2);
        emit m_worker->channelsScored(1, std::make_shared<ChannelScores>());
        QVERIFY(ranking.isRunning() && !ranking.scores());
        const auto newest = std::make_shared<ChannelScores>();
        emit m_worker->channelsScored(2, newest);
        QCOMPARE(ranking.scores(), ChannelScoresPtr(newest));
    }

    void energiesOfBlocks()
    {
        BlockModel blocks;
        blocks.setModel(m_model);
        Energies energies(*m_requests, blocks);
        energies.setAnswer(m_answer);
        energies.setAnswer(answer());
        emit m_worker->energyMeasured(2, 0, 0.25);
        emit m_worker->energyMeasured(1, 0, 0.5);
        // The second answer's second block.
        emit m_worker->energyMeasured(3, 1, 0.125);
        QCOMPARE(blocks.energy(0), std::optional(0.25));
        QCOMPARE(blocks.energy(1), std::optional(0.125));
    }

private:
    AnswerPtr answer() const
    {
        auto answer = std::make_shared<Answer>();
        answer->model = m_model;
        return answer;
    }

    std::unique_ptr<QThread> m_idle;
    std::unique_ptr<Worker> m_worker;
    std::unique_ptr<Requests> m_requests;
    ModelSummaryPtr m_model;
    AnswerPtr m_answer;
};

QTEST_GUILESS_MAIN(TestNewestRequest)
#include "test_newest_request.moc"
