// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/trust/chart_panel.h"
#include "ui/trust/trust_page.h"
#include "ui/trust/verdict_row.h"
#include "ui/widgets/pages.h"
#include "ui/window/main_window.h"

#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QToolButton>
#include <QtTest>

#include <algorithm>

using namespace reslens;
using test::Desk;

class TestTrustPage : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        QSettings().clear();
        m_window = std::make_unique<MainWindow>();
        m_window->resize(1024, 700);
        m_window->show();
        QVERIFY(m_window->pages().turnTo(QStringLiteral("trust")));
    }

    void cleanup() { m_window.reset(); }

    void withoutAPictureItSaysWhatItIsFor()
    {
        QVERIFY(says(QStringLiteral("Open a picture")));
        QVERIFY(!start()->isVisible());
    }

    void oneButtonMakesAMapAndChecksIt()
    {
        open();
        QVERIFY(says(QStringLiteral("no map over the picture")));
        QVERIFY(says(QStringLiteral("The checks take a")));
        for (const Check &check : checks()) {
            QVERIFY(says(check.question));
            QVERIFY(says(check.course));
        }
        QTest::mouseClick(start(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(isDone(), 60'000);
        QVERIFY(says(QStringLiteral("than a random order")));
        QVERIFY(says(QStringLiteral("An edge detector")));
        QVERIFY(says(QStringLiteral("Tomsett et al. 2020")));
        QVERIFY(says(QStringLiteral(" of 6 hold")));
        for (const Check &check : checks())
            QVERIFY(says(check.question));
        const auto chips = page()->findChildren<VerdictChip *>();
        QCOMPARE(chips.size(), int(CheckCount));
        for (const VerdictChip *chip : chips)
            QVERIFY(!chip->text().startsWith(u'–'));
        QVERIFY(!says(QStringLiteral("Being checked")));
    }

    void chipsStayInTheWindow()
    {
        open();
        QTest::mouseClick(start(), Qt::LeftButton);
        for (const int width : {900, 1600}) {
            m_window->resize(width, 700);
            for (const VerdictChip *chip : page()->findChildren<VerdictChip *>())
                QTRY_VERIFY(page()->rect().contains(QRect(chip->mapTo(page(), QPoint()), chip->size())));
        }
    }

    void aTableIsBehindEachChart()
    {
        open();
        QTest::mouseClick(start(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(isDone(), 60'000);
        const auto panels = page()->findChildren<ChartPanel *>();
        QCOMPARE(panels.size(), 3);
        for (const ChartPanel *panel : panels) {
            QTest::mouseClick(panel->findChild<QToolButton *>(), Qt::LeftButton);
            const auto *table = panel->findChild<QTableView *>();
            QVERIFY(table->isVisible());
            QVERIFY(table->model()->rowCount() >= 10);
            QVERIFY(!table->accessibleName().isEmpty());
        }
    }

    void escStopsAndSaysSo()
    {
        open();
        m_window->session().explainer().chooseMethod(SaliencyMethod::Occlusion);
        QTRY_VERIFY(m_window->session().explainer().explanation());
        QTRY_COMPARE(start()->text(), QStringLiteral("Check this map"));
        QTest::mouseClick(start(), Qt::LeftButton);
        QTRY_VERIFY(m_window->session().examiner().examination());
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QVERIFY(!m_window->session().isBusy());
        QVERIFY(says(QStringLiteral("stopped before")));
    }

    void withoutClassesItSaysWhy()
    {
        m_window->loadModel(m_desk.model(QStringLiteral("notop.h5"), false));
        m_window->openPaths({m_desk.picture(QStringLiteral("a.png"), {300, 200})});
        QTRY_VERIFY(says(QStringLiteral("no classes")));
        QVERIFY(!start()->isVisible());
    }

private:
    void open()
    {
        m_window->loadModel(m_desk.model(QStringLiteral("small.h5")));
        m_window->openPaths({m_desk.picture(QStringLiteral("a.png"), {300, 200})});
        QTRY_COMPARE(m_window->session().state(), Session::State::Answered);
    }

    TrustPage *page() { return m_window->findChild<TrustPage *>(); }
    QPushButton *start() { return page()->findChild<QPushButton *>(); }

    bool isDone()
    {
        const ExaminationPtr found = m_window->session().examiner().examination();
        return found && found->complete;
    }

    bool says(const QString &words)
    {
        return std::ranges::any_of(page()->findChildren<QLabel *>(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(words);
        });
    }

    Desk m_desk;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestTrustPage)
#include "test_trust_page.moc"
