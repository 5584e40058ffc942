// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/base/format.h"
#include "ui/saliency/class_field.h"
#include "ui/saliency/color_bar.h"
#include "ui/saliency/contribution_chart.h"
#include "ui/saliency/contribution_panel.h"
#include "ui/saliency/contribution_stack.h"
#include "ui/saliency/saliency_legend.h"
#include "ui/saliency/saliency_menu.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/predictions_panel.h"
#include "ui/widgets/top_chart.h"
#include "ui/window/main_window.h"

#include <QAbstractItemModelTester>
#include <QCompleter>
#include <QLabel>
#include <QSettings>
#include <QSlider>
#include <QTableView>
#include <QToolButton>
#include <QToolTip>
#include <QtTest>
#include <qcustomplot.h>

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
        auto *chart = m_window->findChild<PredictionsPanel *>()->findChild<TopChart *>();
        auto *plot = chart->findChild<QWidget *>();
        QTest::mouseClick(plot, Qt::LeftButton, {}, {20, plot->height() * 3 / 10});
        QTRY_VERIFY(explainer().explanation());
        QCOMPARE(explainer().question()->subject.classIndex, m_window->session().answer()->top[1].classIndex);
        const QString name =
            m_window->session().predictions()->index(1, PredictionModel::Name).data().toString();
        const auto labels = legend().findChildren<QLabel *>();
        QVERIFY(std::ranges::any_of(labels, [&](const QLabel *label) {
            return label->text().contains(name + QStringLiteral(": logit "));
        }));
    }

    void theClassUnderThePointerIsMarked()
    {
        auto *chart = m_window->findChild<PredictionsPanel *>()->findChild<TopChart *>();
        auto *plot = chart->findChild<QWidget *>();
        point(*plot, {20, plot->height() * 3 / 10});
        QCOMPARE(chart->hovered(), 1);
        QCOMPARE(plot->cursor().shape(), Qt::PointingHandCursor);
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(plot, &leave);
        QCOMPARE(chart->hovered(), -1);

        // Where a click does nothing, nothing says that it does.
        TopChart other;
        other.setModel(m_window->session().predictions());
        point(*other.findChild<QWidget *>(), {20, 10});
        QCOMPARE(other.hovered(), -1);
    }

    void withoutAMapAButtonStandsInItsPlace()
    {
        const auto buttons = m_window->findChildren<QToolButton *>();
        QToolButton *hint =
            *std::ranges::find(buttons, MainWindow::tr("See what speaks for it"), &QToolButton::text);
        QTRY_VERIFY(hint->isVisible());
        emit m_window->findChild<PredictionsPanel *>()->findChild<TopChart *>()->chosen(0);
        QTRY_VERIFY(explainer().explanation());
        QVERIFY(!hint->isVisible());
        explainer().toggle();
        QVERIFY(hint->isVisible());
        hint->click();
        QTRY_VERIFY(explainer().explanation());
        QVERIFY(!hint->isVisible());
    }

    void thePhotoFillsItsViewAndStays()
    {
        m_window->resize(1600, 1000);
        QTRY_COMPARE(view().height(), (view().width() * 2 + 2) / 3);
        const QRect place(view().mapTo(m_window.get(), QPoint()), view().size());
        QTest::keyClick(m_window.get(), Qt::Key_S);
        QTRY_VERIFY(legend().isVisible());
        QCoreApplication::processEvents();
        QCOMPARE(QRect(view().mapTo(m_window.get(), QPoint()), view().size()), place);
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

    void fromABlocksMapAButtonAndEscLeadBack()
    {
        explain(SaliencyMethod::Direct);
        const auto buttons = legend().findChildren<QToolButton *>();
        QToolButton *all = *std::ranges::find(buttons, SaliencyLegend::tr("All blocks"), &QToolButton::text);
        QVERIFY(all->isHidden());
        const auto chooseBlock = [&] {
            explainer().chooseBlock(QStringLiteral("block17_2"));
            QTRY_VERIFY(!explainer().isRunning());
            QVERIFY(all->isVisible());
        };
        chooseBlock();
        all->click();
        QTRY_COMPARE(explainer().explanation()->result.block, std::string());
        QVERIFY(all->isHidden());
        chooseBlock();
        QTest::keyClick(m_window.get(), Qt::Key_F11);
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QTRY_COMPARE(explainer().explanation()->result.block, std::string());
        QVERIFY(m_window->isFullScreen());
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QVERIFY(!m_window->isFullScreen());
    }

    void aBlocksMapFollowsTheSelectedBlock()
    {
        explain(SaliencyMethod::Direct);
        explainer().chooseBlock(QStringLiteral("block17_1"));
        QTRY_VERIFY(!explainer().isRunning());
        QTest::keyClick(m_window.get(), Qt::Key_Down);
        QCOMPARE(explainer().question()->block, QStringLiteral("block17_2"));
        QTRY_VERIFY(!explainer().isRunning());
        // The next one adds nothing to the sum: the map stays.
        QTest::keyClick(m_window.get(), Qt::Key_Down);
        QCOMPARE(explainer().question()->block, QStringLiteral("block17_2"));
        QTest::keyClick(m_window.get(), Qt::Key_Down);
        QCOMPARE(explainer().question()->block, QStringLiteral("block8_1"));
        explainer().chooseAllBlocks();
        QTest::keyClick(m_window.get(), Qt::Key_Down);
        QVERIFY(!explainer().isOfBlock());
    }

    void theKeyboardKeepsItsPlaceInTheChart()
    {
        explain(SaliencyMethod::Direct);
        auto *chart = m_window->findChild<ContributionChart *>();
        chart->setFocus();
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        QTRY_COMPARE(explainer().explanation()->result.block, std::string("block17_2"));
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        QTRY_COMPARE(explainer().explanation()->result.block, std::string("block8_1"));
    }

    void anyClassIsTypedAndCleared()
    {
        explain(SaliencyMethod::Direct);
        const auto fields = legend().findChildren<ClassField *>();
        QCOMPARE(int(fields.size()), 2);
        const int first = explainer().subject().classIndex;
        const int second = first == 1 ? 2 : 1;
        QCOMPARE(fields[0]->text(), names()[first]);
        fields[1]->setFocus();
        QTest::keyClicks(fields[1], QString::number(second));
        QTest::keyClick(fields[1], Qt::Key_Return);
        QVERIFY((explainer().question()->subject == Subject{first, second}));
        QCOMPARE(fields[1]->text(), names()[second]);
        QTRY_VERIFY(!explainer().isRunning());
        QVERIFY(std::ranges::any_of(legend().findChildren<QLabel *>(), [&](const QLabel *label) {
            return label->text().startsWith(QStringLiteral("difference of logits "));
        }));
        fields[1]->clear();
        QVERIFY((explainer().question()->subject == Subject{first, {}}));
        QTRY_VERIFY(!explainer().isRunning());

        fields[0]->setFocus();
        fields[0]->selectAll();
        QTest::keyClicks(fields[0], QStringLiteral("no such class"));
        QTest::keyClick(fields[0], Qt::Key_Return);
        QCOMPARE(fields[0]->text(), QStringLiteral("no such class"));
        QVERIFY(fields[0]->isWrong());
        QCOMPARE(fields[0]->toolTip(), QStringLiteral("No class has this name"));
        QVERIFY((explainer().question()->subject == Subject{first, {}}));
        QTest::keyClick(fields[0], Qt::Key_Escape);
        QCOMPARE(fields[0]->text(), names()[first]);
        QVERIFY(!fields[0]->isWrong());
        QTRY_VERIFY(!QToolTip::isVisible());
        QVERIFY(fields[0]->toolTip() != QStringLiteral("No class has this name"));
    }

    void aKeyOffersAllClasses()
    {
        explain(SaliencyMethod::Direct);
        const auto fields = legend().findChildren<ClassField *>();
        fields[1]->setFocus();
        QTest::keyClick(fields[1], Qt::Key_Down);
        const QAbstractItemModel *offered = fields[1]->completer()->completionModel();
        QCOMPARE(offered->rowCount(), int(names().size()));
        QVERIFY(fields[1]->completer()->popup()->isVisible());
        // The most probable one first.
        QCOMPARE(offered->index(0, 0).data().toString(),
                 names()[m_window->session().answer()->top.front().classIndex]);
        fields[1]->completer()->popup()->hide();
    }

    void oneBlocksMapSaysWhatItAdds()
    {
        explain(SaliencyMethod::Direct);
        explainer().chooseBlock(QStringLiteral("block17_1"));
        QTRY_VERIFY(explainer().explanation()->result.block == "block17_1");
        const auto &scores = explainer().explanation()->result.scores;
        const double added =
            std::ranges::find(scores, std::string("block17_1"), &BlockContribution::block)->total;
        QVERIFY(std::ranges::any_of(legend().findChildren<QLabel *>(), [&](const QLabel *label) {
            return label->text().startsWith(QStringLiteral("adds %1 · ").arg(formatFixed(added, 2)));
        }));
    }

    void thePointerReadsTheMap()
    {
        explain(SaliencyMethod::Direct);
        QSignalSpy pointed(&view(), &ImageView::pointed);
        point(view(), view().rect().center());
        QTRY_VERIFY(!pointed.isEmpty());
        const QString readout = pointed.last().first().toString();
        const Tensor &shown = explainer().explanation()->shown;
        const float value = shown.at(shown.shape().height / 2, shown.shape().width / 2, 0);
        QVERIFY2(readout.contains(QStringLiteral(" · map ")), qPrintable(readout));
        QVERIFY2(readout.endsWith(value < 0 ? QStringLiteral("speaks against it")
                                            : QStringLiteral("speaks for it")),
                 qPrintable(readout));
    }

    void whatStartsWithTheTextComesFirst()
    {
        const QStringList classes{QStringLiteral("espresso"),           QStringLiteral("reel"),
                                  QStringLiteral("Labrador retriever"), QStringLiteral("red fox"),
                                  QStringLiteral("golden retriever"),   QStringLiteral("umbrella")};
        const std::vector<float> probabilities{0.9F, 0.1F, 0.2F, 0.3F, 0.4F, 0.0F};
        QCOMPARE(classesNamed(QStringLiteral("re"), classes, probabilities),
                 (std::vector<int>{3, 1, 4, 2, 0, 5}));
        QCOMPARE(classMeant(QStringLiteral("RE"), classes, probabilities), std::optional(3));

        ClassField field;
        field.setNames(classes);
        field.setProbabilities(probabilities);
        QTest::keyClicks(&field, QStringLiteral("re"));
        const QAbstractItemModel *offered = field.completer()->completionModel();
        QCOMPARE(offered->index(0, 0).data().toString(), QStringLiteral("red fox"));
        QCOMPARE(offered->index(2, 0).data().toString(), QStringLiteral("golden retriever"));
    }

    void aTypedTextMeansAClass()
    {
        const QStringList classes{QStringLiteral("sea lion"), QStringLiteral("lion"), QStringLiteral("12")};
        QCOMPARE(classMeant(QStringLiteral("Lion "), classes), std::optional(1));
        QCOMPARE(classMeant(QStringLiteral("sea"), classes), std::optional(0));
        QCOMPARE(classMeant(QStringLiteral("2"), classes), std::optional(2));
        QVERIFY(!classMeant(QStringLiteral("3"), classes));
        QVERIFY(!classMeant(QStringLiteral("-1"), classes));
        QVERIFY(!classMeant(QStringLiteral(" "), classes));
        QVERIFY(!classMeant(QStringLiteral("tiger"), classes));
        ModelSummary model;
        model.info.classes = {{{}, "crane"}, {{}, "sea_lion"}, {{}, "crane"}};
        QCOMPARE(classNames(model), (QStringList{QStringLiteral("crane (0)"), QStringLiteral("sea lion"),
                                                 QStringLiteral("crane (2)")}));
    }

    void branchesAreStackedOnDemand()
    {
        explain(SaliencyMethod::Direct);
        auto *chart = m_window->findChild<ContributionChart *>();
        auto *plot = chart->findChild<QWidget *>();
        auto *stacks = panel().findChild<QToolButton *>(QStringLiteral("branches"));
        QVERIFY(stacks->isVisible());
        stacks->click();
        QTest::qWait(50); // the chart is laid out when it is drawn
        const auto &scores = explainer().explanation()->result.scores;
        const auto [block, branch] = largestBranch(scores);
        const QString name = QString::fromStdString(scores[std::size_t(block)].block);
        QTest::mouseClick(plot, Qt::LeftButton, {}, chart->branchPosition(block, branch));
        QTRY_COMPARE(explainer().question()->branch, std::optional(branch));
        QCOMPARE(explainer().question()->block, name);
        QTRY_VERIFY(!explainer().isRunning());
        const QString caption = QStringLiteral("%1 · branch %2").arg(name).arg(branch);
        QVERIFY(std::ranges::any_of(legend().findChildren<QLabel *>(),
                                    [&](const QLabel *label) { return label->text().contains(caption); }));
        explain(SaliencyMethod::Energy);
        QTRY_VERIFY(!stacks->isVisible());
    }

    void theScalesNumbersAreThoseOfItsLines_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<QString>("numbers");
        QTest::newRow("halves") << -0.2 << 1.2 << "−0.5 0 0.5 1.0 1.5";
        QTest::newRow("ones") << -1.5 << 1.5 << "−2 −1 0 1 2";
        QTest::newRow("up to ten") << -1.0 << 9.0 << "−5 0 5 10";
        QTest::newRow("small") << 0.0 << 0.0013 << "0 0.0005 0.0010 0.0015";
        QTest::newRow("tiny") << 0.0 << 1.3e-7 << "0 0.5×10⁻⁷ 1.0×10⁻⁷ 1.5×10⁻⁷";
        QTest::newRow("nothing") << 0.0 << 0.0 << "0";
    }

    void theScalesNumbersAreThoseOfItsLines()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(QString, numbers);
        auto explanation = std::make_shared<Explanation>();
        explanation->result.scores = {{"block35_1", low, {}, 0}, {"block35_2", high, {}, 0}};
        ContributionChart chart;
        chart.setExplanation(explanation);
        const auto ticks = qSharedPointerCast<QCPAxisTickerText>(chart.plot()->yAxis->ticker())->ticks();
        QCOMPARE(ticks.values().join(u' '), numbers);
    }

    void stackedPartsAddUp()
    {
        const BlockContribution score{"block35_1", -1, {2, -4, 0.5}, 0.5};
        const std::vector<StackedPart> parts = stacked(score);
        QCOMPARE(int(parts.size()), 4);
        QCOMPARE(parts[2].from, 2.0);
        QCOMPARE(parts[2].to, 2.5);
        QCOMPARE(parts[3].to, 3.0);
        QCOMPARE(parts[1].to, -4.0);
        QVERIFY(parts[1].holds(-1) && !parts[1].holds(1) && parts[0].holds(1));
    }

    void theTableHasTheBranches()
    {
        explain(SaliencyMethod::Direct);
        panel().findChild<QToolButton *>(QStringLiteral("table"))->click();
        auto *table = panel().findChild<QTableView *>();
        QVERIFY(table->isVisible());
        QAbstractItemModel *model = table->model();
        const QAbstractItemModelTester tester(model);
        const auto &scores = explainer().explanation()->result.scores;
        QCOMPARE(model->rowCount(), int(scores.size()));
        QCOMPARE(model->columnCount(), 6);
        for (int row = 0; row < model->rowCount(); ++row) {
            const auto value = [&](int column) { return model->index(row, column).data(Qt::EditRole); };
            QVERIFY(std::abs(value(1).toDouble() - scores[std::size_t(row)].total) < 1e-9);
            QCOMPARE(value(4).isValid(), scores[std::size_t(row)].branches.size() == 3);
            double sum = 0;
            for (int column = 2; column < 6; ++column)
                sum += value(column).toDouble();
            QVERIFY(std::abs(sum - value(1).toDouble()) < 1e-4);
        }
        explain(SaliencyMethod::Energy);
        QTRY_COMPARE(model->columnCount(), 2);
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

    void aScaleThatStartsAtZeroSaysSoOnce()
    {
        auto map = std::make_shared<Explanation>();
        map->question.method = SaliencyMethod::Energy;
        map->range.maximum = 1;
        ColorBar bar;
        bar.setExplanation(map);
        bar.resize(bar.sizeHint());
        const QImage shot = bar.grab().toImage();
        const int words = bar.fontMetrics().horizontalAdvance(QStringLiteral("min 0"));
        const QRgb ground = shot.pixel(words + 4, shot.height() - 1);
        // Right of the words, up to those at the other end.
        for (int x = words + 2; x < shot.width() / 2; ++x)
            for (int y = shot.height() / 2; y < shot.height(); ++y)
                QCOMPARE(shot.pixel(x, y), ground);
    }

    void methodsWithoutScoresHaveNoChart()
    {
        explain(SaliencyMethod::Gradient);
        QVERIFY(panel().isHidden());
        QVERIFY(legend().isVisible());
        QVERIFY(!looksBare());
    }

    void theMenuBeginsWithTheRecommendedMethod()
    {
        auto *menu = m_window->findChild<SaliencyMenu *>();
        const auto text = [&](qsizetype i) { return menu->actions().at(i)->text(); };
        emit menu->aboutToShow();
        QCOMPARE(text(0), QStringLiteral("Off"));
        QCOMPARE(text(1), QStringLiteral("Direct path with class map (recommended)\tS"));
        // The key takes the map away, and brings the one before back.
        explain(SaliencyMethod::Gradient);
        emit menu->aboutToShow();
        QCOMPARE(text(0), QStringLiteral("Off\tS"));
        QVERIFY(!text(1).endsWith(QStringLiteral("\tS")));
        QTest::keyClick(m_window.get(), Qt::Key_S);
        emit menu->aboutToShow();
        const auto actions = menu->actions();
        QCOMPARE(std::ranges::count_if(actions,
                                       [](const QAction *action) { return action->text().contains(u'\t'); }),
                 1);
        QVERIFY(std::ranges::any_of(
            actions, [](const QAction *action) { return action->text() == QStringLiteral("Gradient\tS"); }));
    }

    void theMenuHasEveryMethodWithItsSource()
    {
        auto *menu = m_window->findChild<SaliencyMenu *>();
        emit menu->aboutToShow();
        int methods = 0;
        for (QAction *action : menu->actions()) {
            if (action->isSeparator() || action->text().startsWith(SaliencyMenu::tr("Off")))
                continue;
            ++methods;
            static const QRegularExpression year(QStringLiteral("\\b(19|20)\\d\\d\\b"));
            QVERIFY2(year.match(action->toolTip()).hasMatch(), qPrintable(action->toolTip()));
            QVERIFY(action->isEnabled());
        }
        QCOMPARE(methods, int(saliencyMethods().size()));
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

    /// Block and branch of the tallest part.
    static std::pair<int, int> largestBranch(const std::vector<BlockContribution> &scores)
    {
        std::pair<int, int> largest;
        double most = 0;
        for (int block = 0; block < int(scores.size()); ++block) {
            for (int branch = 0; branch < int(scores[std::size_t(block)].branches.size()); ++branch) {
                const double size = std::abs(scores[std::size_t(block)].branches[std::size_t(branch)]);
                if (size > most)
                    largest = {block, branch};
                most = std::max(most, size);
            }
        }
        return largest;
    }

    static void point(QWidget &widget, QPoint position)
    {
        QMouseEvent move(QEvent::MouseMove, position, widget.mapToGlobal(position), Qt::NoButton, {}, {});
        QApplication::sendEvent(&widget, &move);
    }

    QStringList names() const { return classNames(*m_window->session().model()); }

    void explain(SaliencyMethod method)
    {
        explainer().chooseMethod(method);
        QTRY_VERIFY(explainer().explanation() && !explainer().isRunning());
    }

    /// Two colours, the picture's own, fill the middle; any map over it mixes others in.
    bool looksBare()
    {
        const QImage shot = view().snapshot();
        QSet<QRgb> colours;
        for (int x = shot.width() / 4; x < shot.width() * 3 / 4; ++x)
            colours << shot.pixel(x, shot.height() / 2);
        return colours.size() < 10;
    }

    Desk m_desk;
    std::unique_ptr<MainWindow> m_window;
    QImage m_bare;
};

QTEST_MAIN(TestSaliencyWindow)
#include "test_saliency_window.moc"
