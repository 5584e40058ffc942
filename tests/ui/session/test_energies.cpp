// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/session/session.h"

#include <QSignalSpy>
#include <QtTest>

using namespace reslens;
using test::Desk;

class TestEnergies : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_model = m_desk.model(QStringLiteral("small.h5")); }

    void theyAreTheScoresOfTheSaliencyMethod()
    {
        Session session;
        session.explainer().chooseMethod(SaliencyMethod::Energy);
        session.loadModel(m_model);
        session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QTRY_VERIFY(session.blocks()->hasEnergies());
        QTRY_VERIFY(session.explainer().explanation());
        int residual = 0;
        for (const BlockContribution &score : session.explainer().explanation()->result.scores) {
            const QModelIndexList found = session.blocks()->match(session.blocks()->index(0), Qt::DisplayRole,
                                                                  QString::fromStdString(score.block));
            QCOMPARE(found.size(), 1);
            const std::optional<double> energy = session.blocks()->energy(found.first().row());
            QVERIFY(energy && *energy > 0);
            QVERIFY(std::abs(*energy - score.total) <= 1e-5 * score.total);
            ++residual;
        }
        QVERIFY(residual > 0);
        QVERIFY(!session.blocks()->energy(0));
    }

    void theyAreForgottenWithTheAnswer()
    {
        Session session;
        session.loadModel(m_model);
        session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QTRY_VERIFY(session.blocks()->hasEnergies());
        const std::optional<double> before = session.blocks()->energy(2);
        // The new ones may be there before anybody looks again.
        bool forgotten = false;
        connect(session.blocks(), &BlockModel::dataChanged, this,
                [&] { forgotten |= !session.blocks()->hasEnergies(); });
        session.openPaths({m_desk.picture(QStringLiteral("b.png"), {80, 60}, 200)});
        QTRY_VERIFY(forgotten && session.blocks()->hasEnergies());
        QVERIFY(session.blocks()->energy(2) != before);
    }

    void whatCouldNotBeMeasuredIsNotZero()
    {
        // Without a network, the worker fails at once.
        Worker worker;
        Requests requests(&worker);
        BlockModel blocks;
        auto model = std::make_shared<ModelSummary>();
        model->blocks = {{QStringLiteral("stem"), {15, 15, 48}, false},
                         {QStringLiteral("block35_1"), {15, 15, 80}, true}};
        blocks.setModel(model);
        auto answer = std::make_shared<Answer>();
        answer->model = model;
        Energies energies(requests, blocks);
        QSignalSpy failures(&worker, &Worker::failed);
        energies.setAnswer(answer);
        QTRY_COMPARE(failures.count(), 1);
        QVERIFY(blocks.hasEnergies());
        QVERIFY(!blocks.energy(1));
        QCOMPARE(blocks.energyScale(), 1.0);
    }

private:
    Desk m_desk;
    QString m_model;
};

QTEST_MAIN(TestEnergies)
#include "test_energies.moc"
