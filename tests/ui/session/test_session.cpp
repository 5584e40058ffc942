// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/session/session.h"

#include <QSignalSpy>
#include <QtTest>

using namespace reslens;
using test::Desk;

class TestSession : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_model = m_desk.model(QStringLiteral("small.h5")); }

    void thePictureWaitsForTheFirstModel()
    {
        Session session;
        session.loadModel(m_model);
        session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QVERIFY(session.isBusy());
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QVERIFY(!session.isBusy());
        QCOMPARE(session.blocks()->doneCount(), Desk::BlockCount + 1);
        QCOMPARE(session.predictions()->rowCount(), 3);
        QCOMPARE(session.photo()->source.name, QStringLiteral("a.png"));
    }

    void theEmbeddedModelAnswers()
    {
        Session session;
        session.loadEmbeddedModel();
        session.openPaths({QStringLiteral(":/samples/espresso.jpg")});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QVERIFY(session.model()->embedded);
        QCOMPARE(session.predictions()->rowCount(), 5);
        QCOMPARE(session.predictions()->index(0, PredictionModel::Name).data().toString(),
                 QStringLiteral("espresso"));
    }

    void theNewestWins()
    {
        Session session;
        session.loadModel(m_model);
        QTRY_VERIFY(session.model());
        QStringList shown;
        connect(&session, &Session::photoChanged, this, [&] { shown << session.photo()->source.name; });
        for (int i = 0; i < 20; ++i) {
            const QImage image(64, 64, QImage::Format_RGB32);
            session.openPicture({{}, {}, image, QString::number(i)});
        }
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QTest::qWait(50);
        QCOMPARE(shown, QStringList(QStringLiteral("19")));
    }

    /// What the worker had ready before the newer request, and the session has not looked at yet.
    void whatWasReadyForAnOlderRequestIsDropped()
    {
        constexpr int untilReady = 300; // ms; too short a time, and the test sees nothing
        QDir(m_desk.path({})).mkdir(QStringLiteral("two"));
        const QString inFolder = m_desk.picture(QStringLiteral("two/a.png"));
        m_desk.picture(QStringLiteral("two/b.png"));
        const QString alone = m_desk.picture(QStringLiteral("alone.png"));
        Session session;
        session.loadModel(m_model);
        QTRY_VERIFY(session.model());

        QStringList shown;
        connect(&session, &Session::photoChanged, this, [&] { shown << session.photo()->source.name; });
        session.openPicture(PictureSource::fromFile(inFolder));
        QTest::qSleep(untilReady);
        session.openPicture(PictureSource::fromFile(alone));
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QCOMPARE(shown, QStringList(QStringLiteral("alone.png")));

        std::vector<int> counts;
        connect(session.pictures(), &QAbstractItemModel::modelReset, this,
                [&] { counts.push_back(session.pictures()->rowCount()); });
        session.openPaths({QFileInfo(inFolder).path()});
        QTest::qSleep(untilReady);
        session.openPaths({alone});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QCOMPARE(counts, std::vector<int>{1});

        QStringList opened;
        connect(&session, &Session::mapsChanged, this, [&] {
            if (session.maps())
                opened << session.maps()->maps.front().address.section(u'/', 0, 0);
        });
        session.openBlock(QStringLiteral("stem"));
        QTest::qSleep(untilReady);
        session.openBlock(QStringLiteral("conv_7b"));
        QTRY_VERIFY(session.maps());
        QTRY_VERIFY(!session.isOpeningBlock());
        QCOMPARE(opened, QStringList(QStringLiteral("conv_7b")));
    }

    void cancelIsImmediate()
    {
        Session session;
        session.loadModel(m_model);
        QTRY_VERIFY(session.model());
        connect(&session, &Session::progressed, &session, &Session::cancel);
        session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QTRY_COMPARE(session.state(), Session::State::Cancelled);
        QVERIFY(!session.isBusy());
        QCOMPARE(session.blocks()->doneCount(), 1);
        // What was on its way is dropped.
        QTest::qWait(50);
        QCOMPARE(session.state(), Session::State::Cancelled);
        QCOMPARE(session.blocks()->doneCount(), 1);
        QCOMPARE(session.predictions()->rowCount(), 0);
        session.disconnect(&session);
        session.runAgain();
        QTRY_COMPARE(session.state(), Session::State::Answered);
    }

    void anUnreadablePictureIsReported()
    {
        Session session;
        session.loadModel(m_model);
        session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QSignalSpy problems(&session, &Session::problem);
        session.openPaths({m_desk.file(QStringLiteral("bad.png"), "x")});
        QTRY_COMPARE(problems.count(), 1);
        QCOMPARE(session.state(), Session::State::Failed);
        QVERIFY(!session.photo());
        QCOMPARE(session.predictions()->rowCount(), 0);
        QCOMPARE(session.blocks()->doneCount(), 0);
        session.openPaths({m_desk.path(QStringLiteral("a.png"))});
        QTRY_COMPARE(session.state(), Session::State::Answered);
    }

    void aFolderWithoutPicturesLeavesWhatIsOpen()
    {
        QDir(m_desk.path({})).mkdir(QStringLiteral("bare"));
        Session session;
        session.loadModel(m_model);
        session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QSignalSpy problems(&session, &Session::problem);
        session.openPaths({m_desk.path(QStringLiteral("bare"))});
        QTRY_COMPARE(problems.count(), 1);
        QCOMPARE(session.state(), Session::State::Answered);
        QCOMPARE(session.blocks()->doneCount(), Desk::BlockCount + 1);
        QCOMPARE(session.predictions()->rowCount(), 3);
    }

    void escapeWhileAFolderIsListedLeavesWhatIsOpen()
    {
        Session session;
        session.loadModel(m_model);
        session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        const AnswerPtr before = session.answer();
        session.openPaths({m_desk.path(QStringLiteral("somewhere"))});
        QVERIFY(session.isBusy());
        session.cancel();
        QCOMPARE(session.state(), Session::State::Answered);
        QCOMPARE(session.answer(), before);
        QCOMPARE(session.predictions()->rowCount(), 3);
        QVERIFY(session.photo());
    }

    void anUnreadablePastedPictureHidesTheOneBefore()
    {
        Session session;
        session.loadModel(m_model);
        session.openPicture({{}, {}, QImage(8, 8, QImage::Format_RGB32), QStringLiteral("first")});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        session.openPicture({{}, QByteArray("no picture"), {}, QStringLiteral("second")});
        QTRY_COMPARE(session.state(), Session::State::Failed);
        QVERIFY(!session.photo());
    }

    void aThumbnailIsOfTheFileAsItIs()
    {
        const QString picture = m_desk.picture(QStringLiteral("thumbnail.png"), {64, 48}, 0);
        Session session;
        session.loadModel(m_model);
        session.openPaths({picture});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        const auto hue = [&] {
            const auto shown = session.pictures()->index(0).data(Qt::DecorationRole).value<QImage>();
            return shown.isNull() ? -1 : shown.pixelColor(shown.width() - 2, 2).hue();
        };
        QTRY_VERIFY(hue() >= 0 && hue() < 20);
        m_desk.picture(QStringLiteral("thumbnail.png"), {60, 48}, 120);
        session.runAgain();
        QTRY_VERIFY(std::abs(hue() - 120) < 20);
        m_desk.picture(QStringLiteral("thumbnail.png"), {56, 48}, 240);
        session.openPaths({picture});
        QTRY_VERIFY(std::abs(hue() - 240) < 20);
    }

    void anotherModelAnswersAboutTheSamePicture()
    {
        Session session;
        session.loadModel(m_model);
        session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QSignalSpy opened(&session, &Session::modelOpened);
        session.loadModel(m_desk.model(QStringLiteral("notop.h5"), false));
        QTRY_COMPARE(opened.count(), 1);
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QVERIFY(!session.model()->hasTop());
        QCOMPARE(session.predictions()->rowCount(), 0);
        QCOMPARE(session.blocks()->doneCount(), Desk::BlockCount);
    }

    void aBadModelKeepsTheAnswer()
    {
        Session session;
        session.loadModel(m_model);
        session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QSignalSpy problems(&session, &Session::problem);
        session.loadModel(m_desk.file(QStringLiteral("bad.h5"), "x"));
        QTRY_COMPARE(problems.count(), 1);
        QCOMPARE(session.state(), Session::State::Answered);
        QCOMPARE(session.model()->info.name, std::string("small.h5"));
    }

    void aBadFirstModelGivesWayToTheEmbeddedOne()
    {
        Session session;
        QSignalSpy problems(&session, &Session::problem);
        session.loadModel(m_desk.path(QStringLiteral("missing.h5")));
        session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QCOMPARE(problems.count(), 1);
        QVERIFY(session.model()->embedded);
    }

    void aRefusedModelIsSaidAfterThePictureHasCome()
    {
        Session session;
        QStringList order;
        connect(&session, &Session::rowChanged, this, [&] { order << QStringLiteral("picture"); });
        connect(&session, &Session::problem, this, [&](const QString &sentence) { order << sentence; });
        session.loadModel(m_desk.path(QStringLiteral("missing.h5")));
        session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QCOMPARE(int(order.size()), 2);
        QCOMPARE(order[0], QStringLiteral("picture"));
        QVERIFY2(order[1].contains(QStringLiteral("missing.h5")), qPrintable(order[1]));
    }

    void cancellingTheFirstModelLeadsToTheEmbeddedOne()
    {
        Session session;
        session.loadModel(m_model);
        session.openPicture({{}, {}, QImage(8, 8, QImage::Format_RGB32), QStringLiteral("waiting")});
        session.cancel();
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QVERIFY(session.model()->embedded);
        QCOMPARE(session.answer()->model, session.model());
    }

    void aModelThatArrivesAfterEscIsTheSessions()
    {
        Session session;
        session.loadModel(m_model);
        session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        session.loadModel(m_desk.model(QStringLiteral("notop.h5"), false));
        // The worker loads it while this thread is busy, and Esc comes before its message.
        QTest::qSleep(1500);
        session.cancel();
        session.openBlock(QStringLiteral("conv_7b"));
        session.runAgain();
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QCOMPARE(session.answer()->model, session.model());
        QTRY_VERIFY(session.maps());
        QCOMPARE(session.maps()->model, session.model());
    }

    void anotherModelAnswersAlsoWhenNothingIsFound()
    {
        QDir(m_desk.path({})).mkdir(QStringLiteral("empty"));
        Session session;
        session.loadModel(m_model);
        session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        session.loadModel(m_desk.model(QStringLiteral("notop.h5"), false));
        session.openPaths({m_desk.path(QStringLiteral("empty"))});
        QTRY_VERIFY(!session.model()->hasTop());
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QTRY_VERIFY(session.answer() && session.answer()->model == session.model());
    }

    void afterABadPictureThereAreNoTensorsToSave()
    {
        Session session;
        session.loadModel(m_model);
        session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        session.openPaths({m_desk.file(QStringLiteral("bad.png"), "x")});
        QTRY_COMPARE(session.state(), Session::State::Failed);
        QSignalSpy problems(&session, &Session::problem);
        const QString file = m_desk.path(QStringLiteral("none.h5"));
        session.exporter().saveTensors({{"stem/output"}, {.kind = TensorTarget::Kind::Hdf5, .path = file}});
        QTRY_COMPARE(problems.count(), 1);
        QVERIFY(!QFile::exists(file));
    }

    void aFileThatHasChangedExplainsNothing()
    {
        const QString model = m_desk.model(QStringLiteral("changing.h5"));
        const QString picture = m_desk.picture(QStringLiteral("changing.png"));
        Session session;
        session.loadModel(model);
        session.openPaths({picture});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        m_desk.picture(QStringLiteral("changing.png"), {80, 80});
        QFile other(m_desk.model(QStringLiteral("other.h5")));
        QVERIFY(other.open(QIODevice::ReadOnly));
        m_desk.file(QStringLiteral("changing.h5"), other.readAll() + "longer");

        QSignalSpy saved(&session.exporter(), &Exporter::saved);
        const QString file = m_desk.path(QStringLiteral("before.h5"));
        session.exporter().saveTensors({{"stem/output"}, {.kind = TensorTarget::Kind::Hdf5, .path = file}});
        QTRY_COMPARE(saved.count(), 1);
        QFile description(file + QStringLiteral(".json"));
        QVERIFY(description.open(QIODevice::ReadOnly));
        // No hash of a file that the values are not of.
        QVERIFY(!description.readAll().contains("sha256"));

        session.openBlock(QStringLiteral("block17_1"));
        QTRY_VERIFY(session.maps());
        session.unitExplainer().ask({session.maps()->maps.back().node, 0, {0, 0}, session.model()});
        QTRY_VERIFY(!session.unitExplainer().obstacle().isEmpty());
        QVERIFY(session.unitExplainer().obstacle().contains(QStringLiteral("no longer the file")));
    }

    void preparationChangesWhatTheNetworkGets()
    {
        Session session;
        session.loadModel(m_model);
        session.openPaths({m_desk.picture(QStringLiteral("wide.png"), {300, 100})});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        const QImage stretched = session.photo()->seen;
        session.setPreparation({{ResizeMode::Crop, ResizeFilter::Bilinear}, true});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QVERIFY(session.photo()->seen != stretched);
        QCOMPARE(session.photo()->seenArea.size(), QSizeF(88, 88));
    }

    void startsAtTheFirstReadablePicture()
    {
        QDir(m_desk.path({})).mkdir(QStringLiteral("late"));
        m_desk.file(QStringLiteral("late/1.png"), "broken");
        m_desk.file(QStringLiteral("late/2.png"), "broken");
        m_desk.picture(QStringLiteral("late/3.png"));
        Session session;
        session.loadModel(m_model);
        QSignalSpy problems(&session, &Session::problem);
        session.openPaths({m_desk.path(QStringLiteral("late"))});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QCOMPARE(session.currentRow(), 2);
        QCOMPARE(session.photo()->source.name, QStringLiteral("3.png"));
        QCOMPARE(problems.count(), 2);
        QVERIFY(problems.back().front().toString().contains(QStringLiteral("2.png")));
        // Who walks to a picture is told about that one.
        session.showPicture(1);
        QTRY_COMPARE(session.state(), Session::State::Failed);
        QTest::qWait(50);
        QCOMPARE(session.currentRow(), 1);
    }

    void endsWhereNoPictureIsReadable()
    {
        Session session;
        session.loadModel(m_model);
        session.openPaths({m_desk.file(QStringLiteral("bad1.png"), "broken"),
                           m_desk.file(QStringLiteral("bad2.png"), "broken")});
        QTRY_COMPARE(session.state(), Session::State::Failed);
        QCOMPARE(session.currentRow(), 1);
        QVERIFY(!session.photo());
    }

    void walksThroughAFolderWithABrokenPicture()
    {
        QDir(m_desk.path({})).mkdir(QStringLiteral("mixed"));
        m_desk.picture(QStringLiteral("mixed/1.png"));
        m_desk.file(QStringLiteral("mixed/2.png"), "broken");
        m_desk.picture(QStringLiteral("mixed/3.png"));
        Session session;
        session.loadModel(m_model);
        session.openPaths({m_desk.path(QStringLiteral("mixed"))});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QCOMPARE(session.pictures()->rowCount(), 3);
        session.showPicture(1);
        QTRY_COMPARE(session.state(), Session::State::Failed);
        session.showPicture(2);
        QTRY_COMPARE(session.state(), Session::State::Answered);
        const auto stateOf = [&](int row) {
            return FilmstripModel::State(
                session.pictures()->index(row).data(FilmstripModel::StateRole).toInt());
        };
        QCOMPARE(stateOf(0), FilmstripModel::State::Answered);
        QCOMPARE(stateOf(1), FilmstripModel::State::Failed);
        QCOMPARE(stateOf(2), FilmstripModel::State::Answered);
        session.showPicture(3);
        QCOMPARE(session.currentRow(), 2);
    }

private:
    Desk m_desk;
    QString m_model;
};

QTEST_MAIN(TestSession)
#include "test_session.moc"
