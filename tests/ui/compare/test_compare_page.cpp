// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/resources.h"
#include "tests/ui/desk.h"
#include "ui/compare/case_choice.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/compared_view.h"
#include "ui/maps/channel_view.h"
#include "ui/model_page/model_page.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/top_chart.h"
#include "ui/window/main_window.h"

#include <QComboBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>
#include <QtTest>

using namespace reslens;
using test::Desk;

/// Two sides in the window, as the keyboard sees them.
class TestComparePage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_model = m_desk.model(QStringLiteral("small.h5")); }

    void init()
    {
        QSettings().clear();
        m_window = std::make_unique<MainWindow>();
        m_window->resize(1280, 832);
        m_window->show();
        m_window->loadModel(m_model);
        m_page = m_window->findChild<ComparePage *>();
        m_window->pages().turnTo(QStringLiteral("compare"));
        m_window->openPaths({m_desk.picture(QStringLiteral("first.png"), {75, 75}),
                             m_desk.picture(QStringLiteral("second.png"), {75, 75}, 120)});
        QTRY_VERIFY(comparison());
    }

    void cleanup() { m_window.reset(); }

    void theNextPictureIsB()
    {
        QCOMPARE(comparison()->request.a.picture.name, QStringLiteral("first.png"));
        QCOMPARE(comparison()->request.b.picture.name, QStringLiteral("second.png"));
        QCOMPARE(comparison()->a.answer->top[0].logit, session().answer()->top[0].logit);
        session().openBlock(comparison()->request.block);
        QTRY_VERIFY(session().maps());
        const BlockMaps::Map &own = session().maps()->maps.back();
        const BlockMaps::Map &compared = comparison()->a.maps->maps.back();
        QCOMPARE(compared.address, own.address);
        QVERIFY(std::ranges::equal(compared.tensor->values(), own.tensor->values()));
    }

    void theSamePictureHasNoDifference()
    {
        QVERIFY(difference().greatestAbsolute > 0);
        combo("B").setCurrentIndex(0);
        emit combo("B").activated(0);
        QTRY_COMPARE(comparison()->request.b.picture.name, QStringLiteral("first.png"));
        QCOMPARE(difference().greatestAbsolute, 0.0);
    }

    void theNextPictureOnScreenIsA()
    {
        session().showPicture(1);
        QTRY_VERIFY(comparison() && comparison()->request.a.picture.name == QStringLiteral("second.png"));
        QVERIFY(comparison()->request.b.picture.name != QStringLiteral("second.png"));
    }

    void zoomAndUnitAreLinked()
    {
        ChannelView *a = m_page->view(0)->view();
        a->setFocus();
        QTest::keyClick(a, Qt::Key_Plus);
        QTest::keyClick(a, Qt::Key_Right);
        QTest::keyClick(a, Qt::Key_Right);
        for (const int side : {1, 2}) {
            const ChannelView *other = m_page->view(side)->view();
            QCOMPARE(other->unit(), a->unit());
            QVERIFY(std::abs(other->scale() - a->scale()) < 1e-9);
        }
        QTest::keyClick(m_page->view(1)->view(), Qt::Key_Home);
        QVERIFY(a->transform().isFitted());
        QTest::keyClick(a, Qt::Key_PageDown);
        QCOMPARE(m_page->findChild<QSpinBox *>()->value(), 1);
    }

    void aWidePageHasTheMapsInARow()
    {
        const auto place = [this](int side) {
            ChannelView *view = m_page->view(side)->view();
            return QRect(view->mapTo(m_page, QPoint()), view->size());
        };
        QVERIFY(place(2).top() > place(0).bottom());
        m_window->resize(2560, 1440);
        QTRY_COMPARE(place(2).top(), place(0).top());
        QVERIFY(place(2).left() > place(1).right());
        for (int side = 0; side < 3; ++side)
            QTRY_VERIFY(std::abs(place(side).width() - place(side).height()) < 12);
        QVERIFY(m_page->findChild<TopChart *>()->mapTo(m_page, QPoint()).y() > place(0).bottom());
        m_window->resize(1280, 832);
        QTRY_VERIFY(place(2).top() > place(0).bottom());
    }

    void aSecondModelIsAskedFor()
    {
        const QList<QPushButton *> buttons = m_page->findChildren<QPushButton *>();
        const auto button = std::ranges::find(buttons, QStringLiteral("Choose a model…"), &QPushButton::text);
        QVERIFY(button != buttons.end());
        QVERIFY(!(*button)->isVisible());
        m_window->loadModel({});
        QSettings().clear();
        QTRY_VERIFY(session().model()->embedded && !session().isBusy());
        QSettings().clear();
        m_page->choice()->setMode(CaseChoice::Models);
        QVERIFY((*button)->isVisible());
        QVERIFY(!m_page->view(0)->isVisible());
    }

    void twoModelsAreCompared()
    {
        m_page->choice()->chooseModel(m_desk.model(QStringLiteral("other.h5")));
        QTRY_VERIFY(comparison() && comparison()->request.b.model);
        QCOMPARE(comparison()->request.a.picture, comparison()->request.b.picture);
        QVERIFY(comparison()->a.answer->model != comparison()->b.answer->model);
        QCOMPARE(int(comparison()->b.answer->top.size()), 3);
        QVERIFY(comparison()->b.maps->maps.back().tensor->shape() ==
                comparison()->a.maps->maps.back().tensor->shape());
    }

    void whatWasWrittenOverIsLookedAtAgain()
    {
        const QString other = m_desk.model(QStringLiteral("other.h5"));
        const float before = comparison()->a.answer->logits[0];
        m_desk.picture(QStringLiteral("first.png"), {80, 75}, 240);
        session().runAgain();
        QTRY_VERIFY(comparison() && comparison()->a.answer->logits[0] != before);
        QCOMPARE(comparison()->a.answer->logits[0], session().answer()->logits[0]);

        m_page->choice()->chooseModel(other);
        QTRY_VERIFY(comparison() && comparison()->request.b.model);
        const std::size_t blocks = comparison()->b.answer->model->blocks.size();
        test::FileOptions options;
        options.inputSize = 75;
        options.classNames = {"ant", "bee", "sea_lion"};
        test::writeKerasFile(other.toStdString(),
                             test::randomNetwork(Architecture::standard(0.0625, 1, 1, 1, 3)), options);
        session().runAgain();
        QTRY_VERIFY(comparison() && comparison()->b.answer->model->blocks.size() < blocks);
    }

    void theSecondModelIsNotKeptForever()
    {
        m_page->choice()->chooseModel(m_desk.model(QStringLiteral("other.h5")));
        QTRY_VERIFY(comparison() && comparison()->request.b.model);
        const std::weak_ptr<const ModelSummary> model = comparison()->b.answer->model;
        const std::weak_ptr<const Answer> run = comparison()->a.answer;
        const std::weak_ptr<const BlockMaps> maps = comparison()->a.maps;
        m_window->pages().turnTo(QStringLiteral("network"));
        QVERIFY(maps.expired());
        // Whoever comes back soon finds it again.
        QTest::qWait(50);
        QVERIFY(!model.expired() && !run.expired());
        m_window->pages().turnTo(QStringLiteral("compare"));
        QTRY_VERIFY(comparison());
        QCOMPARE(comparison()->b.answer->model, model.lock());

        session().comparer().setKeepTime(std::chrono::milliseconds(1));
        m_window->pages().turnTo(QStringLiteral("network"));
        QTRY_VERIFY(model.expired() && run.expired());
        m_window->pages().turnTo(QStringLiteral("compare"));
        QTRY_VERIFY(comparison());
    }

    void withoutAPictureForAThereIsNothingToSwap()
    {
        m_window = std::make_unique<MainWindow>();
        m_window->show();
        m_window->pages().turnTo(QStringLiteral("compare"));
        auto *choice = m_window->findChild<ComparePage *>()->choice();
        QVERIFY(!choice->cases());
        const QList<QToolButton *> buttons = choice->findChildren<QToolButton *>();
        const QToolButton *swap = *std::ranges::find(buttons, QStringLiteral("⇄"), &QToolButton::text);
        QVERIFY(!swap->isEnabled());
        QComboBox *a = choice->findChildren<QComboBox *>().first();
        QComboBox *b = choice->findChildren<QComboBox *>().last();
        a->setCurrentIndex(1);
        emit a->activated(1);
        QVERIFY(choice->cases() && swap->isEnabled());
        b->setCurrentIndex(-1);
        emit b->activated(-1);
        QVERIFY(!swap->isEnabled());
    }

    void theModelPageLeadsHere()
    {
        m_window->pages().turnTo(QStringLiteral("model"));
        auto *page = m_window->findChild<ModelPage *>();
        for (QToolButton *button : page->findChildren<QToolButton *>())
            if (button->text() == QStringLiteral("Compare…"))
                button->click();
        QVERIFY(m_page->isVisible());
        QCOMPARE(m_page->choice()->mode(), CaseChoice::Models);
        QTRY_VERIFY(comparison() && comparison()->request.b.model);
    }

    void theChoiceWaitsUntilItIsSeen()
    {
        m_window->pages().turnTo(QStringLiteral("network"));
        session().showPicture(1);
        QTRY_COMPARE(session().state(), Session::State::Answered);
        QCOMPARE(combo("A").currentText(), QStringLiteral("first.png"));
        m_window->pages().turnTo(QStringLiteral("compare"));
        QCOMPARE(combo("A").currentText(), QStringLiteral("second.png"));
        QTRY_VERIFY(comparison() && comparison()->request.a.picture.name == QStringLiteral("second.png"));
        // What has been chosen stays when the page is left and nothing else has changed.
        combo("A").setCurrentIndex(2);
        emit combo("A").activated(2);
        m_window->pages().turnTo(QStringLiteral("network"));
        m_window->pages().turnTo(QStringLiteral("compare"));
        QCOMPARE(combo("A").currentIndex(), 2);
    }

    void aCopyIsNotComparedWithItself()
    {
        const QString sample = samplePictures().front();
        QVERIFY(QFile::copy(sample, m_desk.path(QStringLiteral("copy.jpg"))));
        m_window->openPaths({m_desk.path(QStringLiteral("copy.jpg"))});
        QTRY_VERIFY(comparison() && comparison()->request.a.picture.name == QStringLiteral("copy.jpg"));
        QCOMPARE(comparison()->request.b.picture.path, samplePictures()[1]);

        QVERIFY(QFile::copy(sample, m_desk.path(QStringLiteral("copy-2.jpg"))));
        m_window->openPaths({m_desk.path(QStringLiteral("copy.jpg")),
                             m_desk.path(QStringLiteral("copy-2.jpg")),
                             m_desk.path(QStringLiteral("second.png"))});
        QTRY_VERIFY(comparison() && comparison()->request.b.picture.name == QStringLiteral("second.png"));
    }

    void otherShapesHaveNoDifference()
    {
        // The embedded model is wider, and has a larger input.
        m_page->choice()->setMode(CaseChoice::Models);
        QTRY_VERIFY(comparison() && comparison()->request.b.model);
        QVERIFY(m_page->view(1)->view()->isVisible());
        QVERIFY(!m_page->view(2)->view()->isVisible());
    }

    void aFileThatIsNoModelIsSaid()
    {
        QSignalSpy problems(&session(), &Session::problem);
        m_page->choice()->chooseModel(m_desk.file(QStringLiteral("no.h5"), "nothing"));
        QTRY_COMPARE(problems.count(), 1);
        QVERIFY(!comparison());
        m_page->choice()->setMode(CaseChoice::Pictures);
        QTRY_VERIFY(comparison());
    }

private:
    Session &session() { return m_window->session(); }
    ComparisonPtr comparison() { return session().comparer().comparison(); }

    Difference difference()
    {
        const ComparisonPtr both = comparison();
        const int last = int(both->a.maps->maps.size()) - 1;
        return differenceOf(both->a.maps, last, both->b.maps, last, 0);
    }

    QComboBox &combo(const char *letter)
    {
        for (QComboBox *combo : m_page->choice()->findChildren<QComboBox *>())
            if (combo->accessibleName().startsWith(QLatin1String(letter)))
                return *combo;
        throw std::runtime_error("There is no such choice.");
    }

    Desk m_desk;
    QString m_model;
    std::unique_ptr<MainWindow> m_window;
    ComparePage *m_page = nullptr;
};

QTEST_MAIN(TestComparePage)
#include "test_compare_page.moc"
