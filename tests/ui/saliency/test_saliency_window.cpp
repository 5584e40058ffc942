// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/main_window.h"
#include "ui/saliency/contribution_chart.h"
#include "ui/saliency/contribution_panel.h"
#include "ui/saliency/saliency_legend.h"
#include "ui/saliency/saliency_menu.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/top_chart.h"

#include <QLabel>
#include <QSettings>
#include <QSlider>
#include <QtTest>

using namespace reslens;
using test::Desk;

/// The map over the picture, its legend and its chart, in the whole window.
class TestSaliencyWindow : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        QSettings().clear();
        m_window = std::make_unique<MainWindow>();
        m_window->resize(1024, 700);
        m_window->show();
        m_window->loadModel(m_desk.model(QStringLiteral("small.h5")));
        m_window->openPaths({m_desk.picture(QStringLiteral("a.png"), {300, 200})});
        QTRY_COMPARE(m_window->session().state(), Session::State::Answered);
        m_bare = view().snapshot();
    }

    void cleanup() { m_window.reset(); }

    void theKeyBringsAndTakesTheMap()
    {
        QVERIFY(legend().isHidden());
        QVERIFY(panel().isHidden());
        QTest::keyClick(m_window.get(), Qt::Key_S);
        QTRY_VERIFY(explainer().explanation());
        QVERIFY(legend().isVisible());
        QVERIFY(panel().isVisible());
        QTRY_VERIFY(!looksBare());
        QTest::keyClick(m_window.get(), Qt::Key_S);
        QVERIFY(legend().isHidden());
        QVERIFY(panel().isHidden());
        QTRY_VERIFY(view().snapshot() == m_bare);
    }

    void spaceShowsTheBarePhoto()
    {
        explain(SaliencyMethod::Direct);
        QVERIFY(!looksBare());
        QTest::keyPress(m_window.get(), Qt::Key_Space);
        QVERIFY(looksBare());
        QTest::keyRelease(m_window.get(), Qt::Key_Space);
        QVERIFY(!looksBare());
    }

    void withoutOpacityThePhotoIsBare()
    {
        explain(SaliencyMethod::Direct);
        legend().findChild<QSlider *>()->setValue(0);
        QVERIFY(looksBare());
    }

    void aClickOnAClassExplainsIt()
    {
        auto *chart = m_window->findChild<TopChart *>();
        auto *plot = chart->findChild<QWidget *>();
        QTest::mouseClick(plot, Qt::LeftButton, {}, {20, plot->height() * 3 / 10});
        QTRY_VERIFY(explainer().explanation());
        QCOMPARE(explainer().question()->row, 1);
        const QString name =
            m_window->session().predictions()->index(1, PredictionModel::Name).data().toString();
        const auto labels = legend().findChildren<QLabel *>();
        QVERIFY(std::ranges::any_of(labels, [&](const QLabel *label) {
            return label->text().contains(QStringLiteral("explains: ") + name);
        }));
    }

    void aClickOnABarShowsItsBlock()
    {
        explain(SaliencyMethod::Direct);
        auto *chart = m_window->findChild<ContributionChart *>();
        auto *plot = chart->findChild<QWidget *>();
        QTest::qWait(50); // the chart is laid out when it is drawn
        QTest::mouseClick(plot, Qt::LeftButton, {}, chart->barPosition(3));
        QTRY_COMPARE(explainer().explanation()->result.block, std::string("block17_2"));
        QTest::qWait(50);
        QTest::mouseClick(plot, Qt::LeftButton, {}, chart->barPosition(3));
        QTRY_COMPARE(explainer().explanation()->result.block, std::string());
    }

    void theSumIsShown()
    {
        explain(SaliencyMethod::Direct);
        const Explanation &explanation = *explainer().explanation();
        const QString sum = describeSum(explanation);
        static const QRegularExpression form(
            QStringLiteral("^stem (.+) \\+ blocks (.+) \\+ biases (.+) = (.+)$"));
        QStringList numbers = form.match(sum).capturedTexts();
        QCOMPARE(int(numbers.size()), 5);
        const auto value = [&](int i) { return numbers[i].replace(u'−', u'-').toDouble(); };
        QVERIFY(std::abs(value(1) + value(2) + value(3) - value(4)) < 0.025);
    }

    void methodsWithoutScoresHaveNoChart()
    {
        explain(SaliencyMethod::Gradient);
        QVERIFY(panel().isHidden());
        QVERIFY(legend().isVisible());
        QVERIFY(!looksBare());
    }

    void theMenuHasEveryMethodWithItsSource()
    {
        auto *menu = m_window->findChild<SaliencyMenu *>();
        emit menu->aboutToShow();
        int methods = 0;
        for (QAction *action : menu->actions()) {
            if (action->isSeparator() || action->text() == SaliencyMenu::tr("Off"))
                continue;
            ++methods;
            static const QRegularExpression year(QStringLiteral("\\b(19|20)\\d\\d\\b"));
            QVERIFY2(year.match(action->toolTip()).hasMatch(), qPrintable(action->toolTip()));
            QVERIFY(action->isEnabled());
        }
        QCOMPARE(methods, 14);
        QAction *last = menu->actions().last();
        last->trigger();
        QVERIFY(explainer().question()->method == SaliencyMethod::Occlusion);
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QVERIFY(!m_window->session().isBusy());
    }

private:
    Explainer &explainer() { return m_window->session().explainer(); }
    ImageView &view() { return *m_window->findChild<ImageView *>(); }
    SaliencyLegend &legend() { return *m_window->findChild<SaliencyLegend *>(); }
    ContributionPanel &panel() { return *m_window->findChild<ContributionPanel *>(); }

    void explain(SaliencyMethod method)
    {
        explainer().chooseMethod(method);
        QTRY_VERIFY(explainer().explanation());
    }

    /// Two colours, the picture's own, fill the middle; any map over it mixes others in.
    bool looksBare()
    {
        const QImage shot = view().snapshot();
        QSet<QRgb> colours;
        for (int x = shot.width() / 4; x < shot.width() * 3 / 4; ++x)
            colours << shot.pixel(x, shot.height() / 2);
        return colours.size() < 20;
    }

    Desk m_desk;
    std::unique_ptr<MainWindow> m_window;
    QImage m_bare;
};

QTEST_MAIN(TestSaliencyWindow)
#include "test_saliency_window.moc"
