// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/base/format.h"
#include "ui/lesions/drop_model.h"
#include "ui/lesions/drop_panel.h"
#include "ui/lesions/lens_chart.h"
#include "ui/lesions/lens_model.h"
#include "ui/lesions/lens_panel.h"
#include "ui/lesions/lesion_page.h"
#include "ui/lesions/scale_board.h"
#include "ui/lesions/scale_controls.h"
#include "ui/theme/appearance.h"
#include "ui/theme/ink.h"
#include "ui/theme/stage_colours.h"
#include "ui/widgets/line_tabs.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/predictions_panel.h"
#include "ui/widgets/top_chart.h"
#include "ui/window/main_window.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QSettings>
#include <QSlider>
#include <QTableView>
#include <QToolButton>
#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace reslens;
using test::Desk;

/// The page of lesions in the whole window.
class TestLesionPage : public QObject
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
        QVERIFY(m_window->pages().turnTo(QStringLiteral("lesions")));
        QTRY_COMPARE(m_window->session().state(), Session::State::Answered);
        QTRY_VERIFY(study().lens());
    }

    void cleanup() { m_window.reset(); }

    void aClickSwitchesABlockOffAndOn()
    {
        const QString before = percentages();
        click(board().barArea(QStringLiteral("block17_2")));
        QCOMPARE(factorOf("block17_2"), 0.0F);
        QCOMPARE(board().chosen(), QStringLiteral("block17_2"));
        QTRY_VERIFY(!study().isBehind());
        QVERIFY(percentages() != before);
        QVERIFY(saysWith(QStringLiteral("1 of 6 blocks changed")));
        QVERIFY(saysWith(QStringLiteral(" → ")));
        click(board().barArea(QStringLiteral("block17_2")));
        QVERIFY(study().lesions().isIntact());
        QTRY_COMPARE(percentages(), before);
    }

    void aStagesNameIsTheWholeStage()
    {
        click(board().stageArea(QStringLiteral("block8")));
        QCOMPARE(factorOf("block8_1"), 0.0F);
        QCOMPARE(factorOf("block8_2"), 0.0F);
        QCOMPARE(factorOf("block17_2"), 1.0F);
    }

    void draggingScales()
    {
        const QRect bar = board().barArea(QStringLiteral("block35_1"));
        QTest::mousePress(&board(), Qt::LeftButton, {}, bar.center());
        drag(bar.center() - QPoint(0, bar.height() / 4));
        QTest::mouseRelease(&board(), Qt::LeftButton, {}, bar.center() - QPoint(0, bar.height() / 4));
        QVERIFY(std::abs(factorOf("block35_1") - 1.5F) < 0.06F);
        QVERIFY(saysWith(QStringLiteral("outside its training")));
        button(QStringLiteral("Reset"))->click();
        QVERIFY(study().lesions().isIntact());
        QVERIFY(!saysWith(QStringLiteral("outside its training")));
    }

    void theKeyboardDoesTheSame()
    {
        board().setFocus();
        QCOMPARE(board().chosen(), QStringLiteral("block35_1"));
        QTest::keyClick(&board(), Qt::Key_Right);
        QTest::keyClick(&board(), Qt::Key_Right);
        QCOMPARE(board().chosen(), QStringLiteral("block17_1"));
        QTest::keyClick(&board(), Qt::Key_Up);
        QVERIFY(std::abs(factorOf("block17_1") - 1.1F) < 1e-5F);
        QTest::keyClick(&board(), Qt::Key_Space);
        QCOMPARE(factorOf("block17_1"), 0.0F);
        QTest::keyClick(&board(), Qt::Key_Backspace);
        QCOMPARE(factorOf("block17_1"), 1.0F);
    }

    void slidersScaleBlockBranchAndStage()
    {
        board().choose(QStringLiteral("block35_2"));
        QVector<ScaleRow *> rows = visibleRows();
        QCOMPARE(int(rows.size()), 4);
        rows[0]->findChild<QSlider *>()->setValue(50);
        QCOMPARE(factorOf("block35_2"), 0.5F);
        rows[2]->findChild<QSlider *>()->setValue(0);
        QVERIFY((lesionOf("block35_2").branches == std::vector<float>{1, 0, 1}));
        QVERIFY(!rows[2]->findChild<QCheckBox *>()->isChecked());
        rows[2]->findChild<QCheckBox *>()->click();
        QVERIFY((lesionOf("block35_2").branches == std::vector<float>{1, 1, 1}));

        board().choose(QStringLiteral("block17"));
        rows = visibleRows();
        QCOMPARE(int(rows.size()), 3);
        rows[0]->findChild<QSlider *>()->setValue(150);
        QCOMPARE(factorOf("block17_1"), 1.5F);
        QCOMPARE(factorOf("block17_2"), 1.5F);
        board().choose(QStringLiteral("block35"));
        QVERIFY(visibleRows()[0]->findChildren<QLabel *>().last()->text() == ScaleRow::tr("various"));
        QTRY_VERIFY(!study().isBehind());
    }

    void theTableFillsAndIsSorted()
    {
        page().findChild<LineTabs *>()->setCurrentIndex(1);
        auto *table = page().findChild<DropPanel *>()->findChild<QTableView *>();
        const QAbstractItemModelTester tester(table->model());
        QCOMPARE(table->model()->rowCount(), 6);
        QVERIFY(study().isMeasuring());
        QVERIFY(!button(QStringLiteral("Measure"))->isVisible());
        QTRY_VERIFY(study().agreement());
        QVERIFY(cell(table, 0, DropModel::Drop) != QStringLiteral("–"));
        QVERIFY(saysWith(QStringLiteral("Rank correlation")));
        QHeaderView *headings = table->horizontalHeader();
        const QPoint heading(headings->sectionViewportPosition(DropModel::Drop) + 10, 5);
        for (int click = 0; click < 2; ++click)
            if (headings->sortIndicatorSection() != DropModel::Drop ||
                headings->sortIndicatorOrder() != Qt::DescendingOrder)
                QTest::mouseClick(headings->viewport(), Qt::LeftButton, {}, heading);
        QCOMPARE(headings->sortIndicatorSection(), int(DropModel::Drop));
        double before = INFINITY;
        for (int row = 0; row < 6; ++row) {
            const double drop = table->model()->index(row, DropModel::Drop).data(Qt::EditRole).toDouble();
            QVERIFY(drop <= before);
            before = drop;
        }
    }

    void rowsOfTheTableAreWhole()
    {
        page().findChild<LineTabs *>()->setCurrentIndex(1);
        auto *table = page().findChild<DropPanel *>()->findChild<QTableView *>();
        for (const int height : {700, 711, 723}) {
            m_window->resize(1024, height);
            QTRY_COMPARE(table->viewport()->height() % table->rowHeight(0), 0);
        }
    }

    void escStopsTheTableForGood()
    {
        auto *tabs = page().findChild<LineTabs *>();
        tabs->setCurrentIndex(1);
        QVERIFY(m_window->session().isBusy());
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QVERIFY(!m_window->session().isBusy());
        QVERIFY(button(QStringLiteral("Measure"))->isVisible());
        tabs->setCurrentIndex(0);
        tabs->setCurrentIndex(1);
        QVERIFY(!m_window->session().isBusy());
        button(QStringLiteral("Measure"))->click();
        QTRY_VERIFY(study().agreement());
    }

    void theExplainedClassIsBoldInBothLists()
    {
        auto *whole = m_window->findChild<PredictionsPanel *>()->findChild<TopChart *>();
        auto *lesioned = page().findChild<TopChart *>();
        QCOMPARE(whole->bold(), 0);
        QCOMPARE(lesioned->bold(), 0);
        emit lesioned->chosen(1);
        QCOMPARE(whole->bold(), 1);
        QCOMPARE(lesioned->bold(), 1);
    }

    void outlinesAreExplainedWhereTheyAre()
    {
        const auto isExplained = [&] { return saysWith(QStringLiteral("Outlines and first numbers")); };
        QVERIFY(!isExplained());
        click(board().barArea(QStringLiteral("block17_2")));
        QTRY_VERIFY(isExplained());
        QVERIFY(percentages().contains(QStringLiteral(" → ")));
    }

    void theLensHasColoursOfItsOwn()
    {
        for (const Appearance appearance : {Appearance::Light, Appearance::Dark}) {
            applyAppearance(appearance);
            const QPalette palette = QApplication::palette();
            for (int row = 0; row < 7; ++row) {
                const QColor colour = LensChart::colourOf(row, palette);
                QVERIFY(contrast(palette.color(QPalette::Window), colour) >= 4.5);
                for (int stage = 0; stage < StageCount; ++stage)
                    QVERIFY(std::abs(colour.hue() - stageColour(stage).hue()) > 12 ||
                            colour.saturation() < 64);
            }
        }
        applyAppearance(Appearance::System);
    }

    void theLensIsDrawnAndTold()
    {
        auto *chart = page().findChild<LensChart *>();
        QVERIFY(chart->detail(0).startsWith(QStringLiteral("mixed_7a, uncalibrated · ")));
        QVERIFY(!chart->detail(2).contains(QStringLiteral("uncalibrated")));
        auto *panel = page().findChild<LensPanel *>();
        QAbstractItemModel *model = panel->findChild<QTableView *>()->model();
        const QAbstractItemModelTester tester(model);
        QCOMPARE(model->rowCount(), 3);
        QCOMPARE(model->columnCount(), LensModel::FirstClass + 3);
        const double logit = model->index(2, LensModel::FirstClass).data(Qt::EditRole).toDouble();
        QVERIFY(std::abs(logit - double(study().intact()->top[0].logit)) < 1e-6);
        panel->findChild<QComboBox *>()->setCurrentIndex(1);
        const double share = model->index(2, LensModel::FirstClass).data(Qt::EditRole).toDouble();
        QVERIFY(std::abs(share - double(study().intact()->top[0].probability)) < 1e-6);
    }

    void aClassOfTheChartIsFollowed()
    {
        const int second = study().outcome()->top[1].classIndex;
        emit page().findChild<TopChart *>()->chosen(1);
        QCOMPARE(study().subject().classIndex, second);
        QVERIFY(!m_window->session().explainer().question());
        const QString name = readableName(study().intact()->label(1).name);
        QVERIFY(saysWith(name + QStringLiteral(": logit ")));
    }

    void namesKeepTheirDistance()
    {
        const std::vector<double> places = spread({0.5, 0.52, 0.1, 0.99}, 0.1, 0.05, 0.95);
        QCOMPARE(places[2], 0.1);
        QCOMPARE(places[0], 0.5);
        QVERIFY(std::abs(places[1] - 0.6) < 1e-12);
        QVERIFY(std::abs(places[3] - 0.95) < 1e-12);
        QVERIFY(spread({}, 0.1, 0, 1).empty());
    }

    void aModelWithoutClassesSaysSo()
    {
        m_window->loadModel(m_desk.model(QStringLiteral("notop.h5"), false));
        QTRY_VERIFY(saysWith(QStringLiteral("no classification head: there are no classes that")));
        QVERIFY(!board().isVisible());
    }

private:
    LesionPage &page() { return *m_window->findChild<LesionPage *>(); }
    ScaleBoard &board() { return *page().findChild<ScaleBoard *>(); }
    LesionStudy &study() { return m_window->session().lesions(); }

    QToolButton *button(const QString &text)
    {
        for (QToolButton *found : page().findChildren<QToolButton *>())
            if (found->text() == text)
                return found;
        throw std::runtime_error("There is no such button.");
    }

    Lesion lesionOf(const std::string &block)
    {
        return *std::ranges::find(study().lesions().blocks(), block, &Lesion::block);
    }
    float factorOf(const std::string &block) { return lesionOf(block).residual; }

    void click(const QRect &area) { QTest::mouseClick(&board(), Qt::LeftButton, {}, area.center()); }

    void drag(QPoint to)
    {
        QMouseEvent event(QEvent::MouseMove, to, board().mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(&board(), &event);
    }

    QVector<ScaleRow *> visibleRows()
    {
        QVector<ScaleRow *> rows;
        for (ScaleRow *row : page().findChildren<ScaleRow *>())
            if (row->isVisible())
                rows << row;
        return rows;
    }

    QString percentages()
    {
        QStringList texts;
        QAbstractItemModel *model = page().findChild<PredictionModel *>();
        for (int row = 0; row < model->rowCount(); ++row)
            texts << model->index(row, PredictionModel::Name).data().toString() +
                         model->index(row, PredictionModel::Probability).data().toString();
        return texts.join(u' ');
    }

    static QString cell(const QTableView *table, int row, int column)
    {
        return table->model()->index(row, column).data().toString();
    }

    bool saysWith(const QString &part)
    {
        const auto labels = page().findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&](const QLabel *label) {
            return label->isVisibleTo(&page()) && label->text().contains(part);
        });
    }

    Desk m_desk;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestLesionPage)
#include "test_lesion_page.moc"
