// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/base/format.h"
#include "ui/explain/account.h"
#include "ui/explain/patch_view.h"
#include "ui/explain/unit_page.h"
#include "ui/maps/block_page.h"
#include "ui/maps/channel_exports.h"
#include "ui/maps/channel_filter.h"
#include "ui/maps/channel_model.h"
#include "ui/maps/channel_page.h"
#include "ui/maps/channel_view.h"
#include "ui/maps/controls.h"
#include "ui/maps/gallery_view.h"
#include "ui/maps/histogram.h"
#include "ui/maps/page_header.h"
#include "ui/maps/tensor_tabs.h"
#include "ui/network/network_strip.h"
#include "ui/widgets/filmstrip.h"
#include "ui/widgets/status_line.h"
#include "ui/window/main_window.h"
#include "ui/worker/map_areas.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QToolButton>
#include <QtTest>

using namespace reslens;
using test::Desk;

/// The block page as the keyboard and the mouse see it, in its window.
class TestBlockPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_model = m_desk.model(QStringLiteral("small.h5")); }

    void init()
    {
        QSettings().clear();
        m_window = std::make_unique<MainWindow>();
        m_window->resize(1024, 700);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->loadModel(m_model);
        m_window->openPaths({m_desk.picture(QStringLiteral("first.png"), {150, 75})});
        QTRY_COMPARE(session().state(), Session::State::Answered);
        m_page = m_window->findChild<BlockPage *>();
        m_strip = m_window->findChild<NetworkStrip *>();
    }

    void cleanup() { m_window.reset(); }

    void enterOpensAndBackspaceCloses()
    {
        m_strip->setCurrentIndex(m_strip->model()->index(3, 0));
        QTest::keyClick(m_strip, Qt::Key_Return);
        QTRY_VERIFY(session().maps());
        QVERIFY(m_page->isVisible());
        QCOMPARE(session().maps()->index, 3);
        QTRY_VERIFY(m_page->gallery()->hasFocus());
        QCOMPARE(tensors()->tabData(tensors()->currentIndex()).toString(), QStringLiteral("output"));
        QTest::keyClick(m_page->gallery(), Qt::Key_Backspace);
        QVERIFY(!m_page->isVisible());
        QVERIFY(m_strip->hasFocus());
        QVERIFY(!session().maps());
    }

    void theLastTileOpensWithItsClasses()
    {
        QTest::keyClick(m_strip, Qt::Key_End);
        QCOMPARE(m_strip->currentIndex().data().toString(), QStringLiteral("predictions"));
        QTest::keyClick(m_strip, Qt::Key_Return);
        QTRY_VERIFY(session().maps());
        QCOMPARE(tensors()->tabData(tensors()->currentIndex()).toString(), QStringLiteral("probabilities"));
        const QAbstractItemModel *tiles = m_page->gallery()->model();
        QCOMPARE(tiles->rowCount(), 3);
        // The most probable first, each with its number, in lines below one another.
        const Answer &answer = *session().answer();
        for (int row = 0; row < 3; ++row) {
            const QModelIndex line = tiles->index(row, 0);
            const Prediction &prediction = answer.top[std::size_t(row)];
            QCOMPARE(line.data(ChannelModel::ChannelRole).toInt(), prediction.classIndex);
            QCOMPARE(line.data(ChannelModel::ValueTextRole).toString(),
                     formatPercent(double(prediction.probability)));
            QCOMPARE(line.data(ChannelModel::ScaleHighRole).toDouble(), 1.0);
            QCOMPARE(line.data().toString(), readableName(answer.label(std::size_t(row)).name));
            QCOMPARE(m_page->gallery()->visualRect(line).left(),
                     m_page->gallery()->visualRect(tiles->index(0, 0)).left());
        }
        QVERIFY(m_page->gallery()->visualRect(tiles->index(1, 0)).top() >=
                m_page->gallery()->visualRect(tiles->index(0, 0)).bottom());

        m_window->openAddress(*TypedAddress::parse(QStringLiteral("predictions/logits/ch1@(0,0)")));
        QTRY_VERIFY(session().unitExplainer().story());
        QCOMPARE(session().unitExplainer().story()->activation, session().answer()->logits[1]);
    }

    void singleValuesHaveTheirOwnControls()
    {
        auto *controls = m_page->findChild<FilterControls *>();
        auto *dead = controls->findChild<QCheckBox *>();
        auto *colours = m_page->findChild<ColouringControls *>();
        const auto sliders = m_page->findChildren<QSlider *>();
        const QSlider *size =
            *std::ranges::find(sliders, BlockPage::tr("Size of the tiles"), &QSlider::accessibleName);
        openBlock(QStringLiteral("mixed_6a"));
        dead->setChecked(true);
        QCOMPARE(controls->order(), int(ChannelModel::ChannelRole));
        QVERIFY(dead->isVisible() && colours->isVisible() && size->isVisible());
        openBlock(QStringLiteral("predictions"));
        QCOMPARE(controls->order(), int(ChannelModel::MeanRole));
        QVERIFY(dead->isHidden() && colours->isHidden() && size->isHidden());
        // Also those that are 0: there is nothing to bring them back by.
        QCOMPARE(m_page->gallery()->model()->rowCount(), 3);
        openBlock(QStringLiteral("mixed_6a"));
        QCOMPARE(controls->order(), int(ChannelModel::ChannelRole));
        QVERIFY(dead->isVisible() && colours->isVisible() && size->isVisible());
    }

    void aSingleValueOpensWithItsSum()
    {
        m_window->openAddress(*TypedAddress::parse(QStringLiteral("predictions/logits")));
        QTRY_VERIFY(session().maps());
        const QModelIndex first = m_page->gallery()->model()->index(0, 0);
        emit m_page->gallery()->activated(first);
        QTRY_VERIFY(session().unitExplainer().story());
        QVERIFY(m_page->findChild<UnitPage *>()->isVisible());
        QCOMPARE(m_page->findChild<PageHeader *>()->findChild<QLabel *>()->text(), first.data().toString());
        // And back in one step.
        QTest::keyClick(m_page->findChild<UnitPage *>(), Qt::Key_Backspace);
        QVERIFY(m_page->gallery()->isVisible());
        QVERIFY(m_page->gallery()->hasFocus());
    }

    void doubleClickOpens()
    {
        const QModelIndex index = m_strip->model()->index(5, 0);
        const QPoint middle = m_strip->visualRect(index).center();
        QTest::mouseClick(m_strip->viewport(), Qt::LeftButton, {}, middle);
        QTest::mouseDClick(m_strip->viewport(), Qt::LeftButton, {}, middle);
        QTRY_VERIFY(session().maps());
        QCOMPARE(session().maps()->index, 5);
    }

    void arrowsWalkThroughTheGrid()
    {
        openBlock(QStringLiteral("mixed_6a"));
        GalleryView *gallery = m_page->gallery();
        const int count = gallery->model()->rowCount();
        int columns = 1;
        while (gallery->visualRect(gallery->model()->index(columns, 0)).top() ==
               gallery->visualRect(gallery->model()->index(0, 0)).top())
            ++columns;
        QVERIFY(columns > 2);
        gallery->setCurrentIndex(gallery->model()->index(0, 0));
        QTest::keyClick(gallery, Qt::Key_Right);
        QCOMPARE(gallery->currentIndex().row(), 1);
        QTest::keyClick(gallery, Qt::Key_Down);
        QCOMPARE(gallery->currentIndex().row(), 1 + columns);
        QTest::keyClick(gallery, Qt::Key_Up);
        QTest::keyClick(gallery, Qt::Key_Up);
        QCOMPARE(gallery->currentIndex().row(), 1);
        QTest::keyClick(gallery, Qt::Key_End);
        QCOMPARE(gallery->currentIndex().row(), count - 1);
        QTest::keyClick(gallery, Qt::Key_Right);
        QCOMPARE(gallery->currentIndex().row(), count - 1);
    }

    void tilesFillTheWidthAtEverySize()
    {
        openBlock(QStringLiteral("block17_1"));
        GalleryView *gallery = m_page->gallery();
        for (int side = GalleryView::LeastTile; side <= GalleryView::LargestTile; side += 24) {
            gallery->setTileSize(side);
            QVERIFY(gallery->iconSize().width() >= side);
            QCoreApplication::processEvents();
            const QRect first = gallery->visualRect(gallery->model()->index(0, 0));
            QVERIFY(first.left() >= 0 && first.right() < gallery->viewport()->width());
        }
    }

    void tilesGrowWhereAllHaveRoom()
    {
        openBlock(QStringLiteral("block17_1"));
        GalleryView *gallery = m_page->gallery();
        auto *channels = m_page->findChild<QLineEdit *>();
        const int before = gallery->iconSize().width();
        channels->setText(QStringLiteral("0-5"));
        const int grown = gallery->iconSize().width();
        QVERIFY(grown > before);
        QVERIFY(grown <= 2 * 96);
        QTRY_VERIFY(!gallery->verticalScrollBar()->isVisible());
        channels->clear();
        QCOMPARE(gallery->iconSize().width(), before);
    }

    void theTensorStaysFromBlockToBlock()
    {
        m_window->openAddress({QStringLiteral("block17_1"), QStringLiteral("residual"), -1});
        QTRY_VERIFY(session().maps());
        QCOMPARE(tensors()->tabData(tensors()->currentIndex()).toString(), QStringLiteral("residual"));
        QTest::keyClick(m_page->gallery(), Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE(session().maps()->block, QStringLiteral("block17_2"));
        QCOMPARE(tensors()->tabData(tensors()->currentIndex()).toString(), QStringLiteral("residual"));
        QCOMPARE(m_strip->currentIndex().data().toString(), QStringLiteral("block17_2"));
    }

    void tensorsHaveTheirWholeNamesWhereTheyFit()
    {
        BlockMaps maps;
        maps.block = QStringLiteral("block35_1");
        for (const char *name : {"input", "branch_0", "branch_1_conv_1", "branch_1", "branch_2_conv_1",
                                 "branch_2_conv_2", "branch_2", "mixed", "residual", "sum", "output"}) {
            BlockMaps::Map &map = maps.maps.emplace_back();
            map.name = QString::fromLatin1(name);
            map.tensor = std::make_shared<Tensor>(Shape{1, 1, 1});
        }
        TensorTabs tabs;
        tabs.resize(1200, tabs.sizeHint().height());
        tabs.setTensors(maps);
        tabs.show();
        QCOMPARE(tabs.tabText(2), QStringLiteral("branch_1_conv_1"));
        // As wide as beside the photo in the smallest window.
        const int least = 89 * tabs.fontMetrics().averageCharWidth();
        tabs.resize(least, tabs.height());
        QCOMPARE(tabs.tabText(2), QStringLiteral("1·conv_1"));
        QVERIFY(tabs.tabRect(10).right() < tabs.width());
        // Where even that does not help, the arrows hide what they lie over.
        tabs.resize(300, tabs.height());
        const auto arrows = tabs.findChildren<QToolButton *>();
        QVERIFY(std::ranges::any_of(arrows, &QWidget::isVisible));
        for (const QToolButton *arrow : arrows)
            QVERIFY(arrow->autoFillBackground() && arrow->backgroundRole() == QPalette::Window);
    }

    void theBlockStaysForTheNextPicture()
    {
        openBlock(QStringLiteral("block8_1"));
        const BlockMapsPtr before = session().maps();
        m_window->openPaths({m_desk.picture(QStringLiteral("second.png"), {75, 75}, 120)});
        QTRY_VERIFY(session().maps() && session().maps() != before);
        QCOMPARE(session().maps()->block, before->block);
        QCOMPARE(session().maps()->source.name, QStringLiteral("second.png"));
        QVERIFY(m_page->isVisible());
    }

    void anUnknownBlockIsSaid()
    {
        QSignalSpy problems(&session(), &Session::problem);
        m_window->openAddress({QStringLiteral("block35_77"), {}, -1});
        QCOMPARE(problems.count(), 1);
        QVERIFY(!m_page->isVisible());
        m_window->openAddress({QStringLiteral("stem"), QStringLiteral("nothing"), -1});
        QTRY_COMPARE(problems.count(), 2);
    }

    void unitsAreReadOut()
    {
        ChannelView *view = openChannel();
        QSignalSpy readouts(m_page, &BlockPage::pointed);
        // The keyboard starts in the middle.
        QTest::keyClick(view, Qt::Key_Right);
        QVERIFY(view->unit());
        QTest::keyClick(view, Qt::Key_Right);
        QTest::keyClick(view, Qt::Key_Down);
        const QPoint unit = *view->unit();
        const BlockMaps::Map &map = *mapNamed(QStringLiteral("residual"));
        QCOMPARE(readouts.last()[0].toString(), unitReadout(map, 5, unit));
        QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), unitReadout(map, 5, unit));
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(view, Qt::Key_Left);
        QCOMPARE(view->unit()->x(), 0);
    }

    void enterExplainsAUnitAndArrowsGoOn()
    {
        ChannelView *view = openChannel();
        QTest::keyClick(view, Qt::Key_Right);
        const QPoint unit = *view->unit();
        QTest::keyClick(view, Qt::Key_Return);
        auto *page = m_page->findChild<UnitPage *>();
        QTRY_VERIFY(session().unitExplainer().story());
        QVERIFY(page->isVisible());
        const auto story = [&] { return session().unitExplainer().story(); };
        QCOMPARE(story()->question.position, unit);
        QCOMPARE(story()->question.channel, 5);
        QCOMPARE(story()->activation,
                 mapNamed(QStringLiteral("residual"))->tensor->at(unit.y(), unit.x(), 5));
        QVERIFY(page->account()->rowCount() > 2);
        QVERIFY(m_page->overlay().field);

        QTest::keyClick(page, Qt::Key_Left);
        QTRY_COMPARE(story()->question.position, unit - QPoint(1, 0));
        QTest::keyClick(page, Qt::Key_Backspace);
        QVERIFY(!page->isVisible() && view->isVisible() && view->hasFocus());
        QTest::keyClick(view, Qt::Key_Backspace);
        QVERIFY(!view->isVisible());
    }

    void anAddressNamesAUnit()
    {
        const std::optional<TypedAddress> address =
            TypedAddress::parse(QStringLiteral("block35_1/residual/ch5@(2,1)"));
        QVERIFY(address && address->position == QPoint(1, 2));
        // As reslens-cli explain takes it.
        const auto spaced = TypedAddress::parse(QStringLiteral("block35_1/residual/ch5@(2, 1)"));
        QVERIFY(spaced && spaced->position == address->position && spaced->channel == 5);
        QVERIFY(!TypedAddress::parse(QStringLiteral("block35_1/residual/ch5@(2)")));
        m_window->openAddress(*address);
        QTRY_VERIFY(session().unitExplainer().story());
        QCOMPARE(session().unitExplainer().story()->address(),
                 QStringLiteral("block35_1/residual/ch5@(2,1)"));
    }

    void theUnitAndItsFieldLieOverThePhoto()
    {
        ChannelView *view = openChannel();
        QVERIFY(!m_page->overlay().unit);
        QTest::keyClick(view, Qt::Key_Right);
        const BlockMaps::Map &map = *mapNamed(QStringLiteral("residual"));
        const MapGeometry geometry = session().maps()->geometry(map);
        const PhotoOverlay overlay = m_page->overlay();
        QVERIFY(overlay.unit && overlay.field);
        QCOMPARE(overlay.unit->center(), QPointF(geometry.originX + view->unit()->x() * geometry.step,
                                                 geometry.originY + view->unit()->y() * geometry.step));
        const ModelSummary &model = *session().model();
        const Region region =
            receptiveField(model.description, model.shapes, map.node, view->unit()->y(), view->unit()->x());
        QCOMPARE(*overlay.field,
                 QRectF(QPointF(region.left, region.top), QPointF(region.right, region.bottom)));
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(!m_page->overlay().unit);
        QVERIFY(m_page->gallery()->isVisible());
    }

    void pagesThroughTheChannels()
    {
        ChannelView *view = openChannel();
        QTest::keyClick(view, Qt::Key_PageDown);
        QCOMPARE(m_page->findChild<ChannelPage *>()->channel(), 6);
        QTest::keyClick(view, Qt::Key_PageUp);
        QTest::keyClick(view, Qt::Key_PageUp);
        QCOMPARE(m_page->findChild<ChannelPage *>()->channel(), 4);
    }

    void pagesThroughTheChannelsOfAUnit()
    {
        m_window->openAddress(*TypedAddress::parse(QStringLiteral("block35_1/residual/ch5@(1,2)")));
        QTRY_VERIFY(session().unitExplainer().story());
        auto *unit = m_page->findChild<UnitPage *>();
        QTRY_VERIFY(unit->isVisible());
        QTest::keyClick(unit, Qt::Key_PageDown);
        QCOMPARE(m_page->findChild<ChannelPage *>()->channel(), 6);
        QTRY_COMPARE(session().unitExplainer().story()->question.channel, 6);
        QCOMPARE(session().openedBlock(), QStringLiteral("block35_1"));
        // What the frames over the picture mean stands below it.
        QVERIFY(m_page->overlay().caption.startsWith(QStringLiteral("block35_1/residual/ch6@(1,2): ")));
        const auto labels = m_window->findChildren<QLabel *>();
        QVERIFY(std::ranges::any_of(labels, [&](const QLabel *label) {
            return label->isVisible() && label->text() == m_page->overlay().caption;
        }));
    }

    void pagingWithoutAnyChannelLeftStaysWhereItIs()
    {
        ChannelView *view = openChannel();
        m_page->findChild<ChannelFilter *>()->setChannels(QStringLiteral("999"));
        QTest::keyClick(view, Qt::Key_PageDown);
        QCOMPARE(m_page->findChild<ChannelPage *>()->channel(), 5);
    }

    void theLongestHeadingOfAUnitIsWhole()
    {
        m_window->openAddress(*TypedAddress::parse(QStringLiteral("block35_1/branch_2/ch0@(1,1)")));
        QTRY_VERIFY(session().unitExplainer().story());
        auto *table = m_page->findChild<UnitPage *>()->findChild<QTableView *>();
        QFont large = table->font();
        large.setPointSizeF(1.4 * large.pointSizeF());
        table->setFont(large);
        QTRY_VERIFY(
            table->columnWidth(AccountModel::Sum) >
            table->horizontalHeader()->fontMetrics().horizontalAdvance(QStringLiteral("running sum")));
    }

    void aUnitOfTheModelBeforeIsGivenUp()
    {
        const QString shorter = m_desk.path(QStringLiteral("shorter.h5"));
        test::FileOptions options;
        options.inputSize = 75;
        options.classNames = {"ant", "bee", "sea_lion"};
        test::writeKerasFile(shorter.toStdString(),
                             test::randomNetwork(Architecture::standard(0.0625, 1, 1, 1, 3)), options);
        m_window->openAddress(*TypedAddress::parse(QStringLiteral("conv_7b/output/ch2@(0,0)")));
        QTRY_VERIFY(session().unitExplainer().story());
        // While the picture runs through the new model, the page still shows the old one's maps.
        bool pressed = false;
        QString obstacle;
        const QObject here;
        connect(&session().unitExplainer(), &UnitExplainer::changed, &here,
                [&] { obstacle += session().unitExplainer().obstacle(); });
        connect(&session(), &Session::stateChanged, &here, [&] {
            if (session().model()->path() != shorter || session().state() != Session::State::Running)
                return;
            pressed = true;
            QTest::keyClick(m_page->findChild<UnitPage *>(), Qt::Key_Right);
        });
        m_window->loadModel(shorter);
        QTRY_VERIFY(session().model()->path() == shorter && session().state() == Session::State::Answered);
        QVERIFY(pressed);
        QTRY_COMPARE(session().unitExplainer().story()->question.model, session().model());
        QCOMPARE(obstacle, QString());
    }

    void aPooledUnitShowsItsWindow()
    {
        m_window->openAddress(*TypedAddress::parse(QStringLiteral("stem/pool_1/ch2@(1,1)")));
        QTRY_VERIFY(session().unitExplainer().story());
        const auto *page = m_page->findChild<UnitPage *>();
        const auto *patches = page->findChild<PatchView *>();
        QVERIFY(patches->isVisible());
        QVERIFY(!page->findChild<QTableView *>()->isVisible());
        // One picture with a line above it, at the top of the page.
        QVERIFY(patches->mapTo(page, QPoint()).y() < page->height() / 3);
        QVERIFY(patches->height() > 3 * page->fontMetrics().height());
        QVERIFY(m_page->overlay().field);
    }

    void theWayBackWorksWhereverTheKeyboardIs_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::newRow("Backspace") << Qt::Key_Backspace;
        QTest::newRow("Esc") << Qt::Key_Escape;
    }

    void theWayBackWorksWhereverTheKeyboardIs()
    {
        QFETCH(Qt::Key, key);
        session().explainer().explain(0);
        QTRY_VERIFY(session().explainer().explanation());
        openChannel();
        QList<QWidget *> places;
        for (QWidget *widget : m_window->findChildren<QWidget *>())
            if (widget->isVisible() && widget->isEnabled() && widget->focusPolicy() & Qt::TabFocus &&
                !qobject_cast<QLineEdit *>(widget))
                places << widget;
        QVERIFY(places.size() > 10);
        for (QWidget *place : std::as_const(places)) {
            openChannel();
            place->setFocus();
            QTest::keyClick(place, key);
            QVERIFY2(m_page->gallery()->isVisible(), place->metaObject()->className());
        }
        QTest::keyClick(m_page->gallery(), key);
        QVERIFY(!m_page->isVisible());
    }

    void textFieldsKeepTheirBackspace()
    {
        openBlock(QStringLiteral("conv_7b"));
        auto *field = m_page->findChild<QLineEdit *>();
        field->setFocus();
        field->setText(QStringLiteral("12"));
        QTest::keyClick(field, Qt::Key_Backspace);
        QTest::keyClick(field, Qt::Key_Backspace);
        QTest::keyClick(field, Qt::Key_Backspace);
        QCOMPARE(field->text(), QString());
        QVERIFY(m_page->isVisible());
    }

    void theKeyboardStaysWhereTheNextIsChosen()
    {
        m_window->openPaths({m_desk.picture(QStringLiteral("1.png")),
                             m_desk.picture(QStringLiteral("2.png"), {64, 48}, 80),
                             m_desk.picture(QStringLiteral("3.png"), {64, 48}, 160)});
        QTRY_VERIFY(session().pictures()->rowCount() == 3 && session().state() == Session::State::Answered);
        m_window->openAddress(*TypedAddress::parse(QStringLiteral("block17_1/output/ch2@(1,1)")));
        QTRY_VERIFY(session().unitExplainer().story());
        const UnitStoryPtr before = session().unitExplainer().story();
        auto *filmstrip = m_window->findChild<Filmstrip *>();
        filmstrip->setFocus();
        QTest::keyClick(filmstrip, Qt::Key_Right);
        QTRY_VERIFY(session().unitExplainer().story() != before);
        QCOMPARE(session().currentRow(), 1);
        QVERIFY(filmstrip->hasFocus());

        for (const bool unit : {true, false}) {
            if (!unit)
                m_page->back();
            for (QToolButton *button : m_page->findChildren<QToolButton *>())
                if (button->toolTip().startsWith(QStringLiteral("Next channel"))) {
                    const int channel = m_page->findChild<ChannelPage *>()->channel();
                    button->setFocus();
                    QTest::keyClick(button, Qt::Key_Space);
                    QCOMPARE(m_page->findChild<ChannelPage *>()->channel(), channel + 1);
                    QVERIFY(button->hasFocus());
                }
        }
    }

    void aClickBesideTheTilesTakesNothingAway()
    {
        m_strip->setCurrentIndex(m_strip->model()->index(2, 0));
        const QPoint corner(1, 1);
        QVERIFY(!m_strip->indexAt(corner).isValid());
        QTest::mousePress(m_strip->viewport(), Qt::LeftButton, {}, corner);
        QTest::mouseMove(m_strip->viewport(), corner + QPoint(1, 1));
        QTest::mouseRelease(m_strip->viewport(), Qt::LeftButton, {}, corner);
        QCOMPARE(m_strip->selectionModel()->selectedIndexes(),
                 QModelIndexList{m_strip->model()->index(2, 0)});

        openBlock(QStringLiteral("block35_1"));
        GalleryView *gallery = m_page->gallery();
        gallery->setTileSize(GalleryView::LeastTile);
        QCoreApplication::processEvents();
        const QModelIndex second = gallery->model()->index(1, 0);
        QTest::mouseClick(gallery->viewport(), Qt::LeftButton, {}, gallery->visualRect(second).center());
        const QPoint beside = gallery->viewport()->rect().bottomRight() - QPoint(2, 2);
        QVERIFY(!gallery->indexAt(beside).isValid());
        QTest::mouseClick(gallery->viewport(), Qt::LeftButton, {}, beside);
        QCOMPARE(gallery->selectionModel()->selectedIndexes(), QModelIndexList{second});
    }

    void tilesHaveAMenu()
    {
        openBlock(QStringLiteral("block35_1"));
        GalleryView *gallery = m_page->gallery();
        const QPoint third = gallery->visualRect(gallery->model()->index(2, 0)).center();
        QStringList texts = menuAt(gallery->viewport(), third, QStringLiteral("Copy address"));
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("block35_1/output/ch2"));
        for (const char *text : {"Open", "Save a picture of channel 2…", "Copy a picture of channel 2"})
            QVERIFY2(texts.contains(QString::fromUtf8(text)), text);
        // Without its menu, one tile is where the cursor is.
        QVERIFY(m_page->findChild<ChannelExports *>()->exported(ExportMenu::Form::Picture)->channels.size() >
                1);

        gallery->setCurrentIndex(gallery->model()->index(1, 0));
        gallery->selectionModel()->select(gallery->model()->index(2, 0), QItemSelectionModel::Select);
        texts = menuAt(gallery->viewport(), third, QStringLiteral("Copy address"));
        QCOMPARE(QApplication::clipboard()->text(),
                 QStringLiteral("block35_1/output/ch1\nblock35_1/output/ch2"));
        QVERIFY(texts.contains(QString::fromUtf8("Save a picture of 2 channels…")));

        menuAt(gallery->viewport(), third, QStringLiteral("Open"));
        QCOMPARE(m_page->findChild<ChannelPage *>()->channel(), 2);
    }

    void whatIsCopiedIsSaid()
    {
        openBlock(QStringLiteral("block35_1"));
        auto *status = m_window->findChild<StatusLine *>();
        const auto isSaid = [&](const QString &text) {
            const auto labels = status->findChildren<QLabel *>();
            return std::ranges::any_of(labels, [&](const QLabel *label) { return label->text() == text; });
        };
        GalleryView *gallery = m_page->gallery();
        menuAt(gallery->viewport(), gallery->visualRect(gallery->model()->index(2, 0)).center(),
               QStringLiteral("Copy address"));
        QVERIFY(isSaid(QStringLiteral("Address copied")));
        QApplication::clipboard()->clear();
        QTest::keyClick(gallery, Qt::Key_C, Qt::ControlModifier);
        // Not before it is there.
        QVERIFY(!isSaid(QStringLiteral("Picture copied")));
        QTRY_VERIFY(isSaid(QStringLiteral("Picture copied")));
        QVERIFY(!QApplication::clipboard()->image().isNull());
    }

    void theMapHasTheMenuOfItsChannel()
    {
        ChannelView *view = openChannel();
        const QStringList texts =
            menuAt(view, view->rect().center(), QStringLiteral("Copy the channel's address"));
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("block35_1/residual/ch5"));
        for (const char *text :
             {"Save a picture of channel 5…", "Save the values of channel 5…", "Copy a picture of channel 5"})
            QVERIFY2(texts.contains(QString::fromUtf8(text)), text);
    }

    void altArrowsLeadToTheNextBlockFromTheMapToo()
    {
        ChannelView *view = openChannel();
        QTest::keyClick(view, Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE(session().maps()->block, QStringLiteral("block35_2"));
        QVERIFY(!view->unit());
    }

    void aWidePageHasTheFiguresBesideTheMap()
    {
        const ChannelView *view = openChannel();
        const auto *histogram = m_page->findChild<Histogram *>();
        const auto place = [&](const QWidget *widget) {
            return QRect(widget->mapTo(m_page, QPoint()), widget->size());
        };
        m_window->resize(1280, 720);
        QTRY_VERIFY(place(histogram).left() > place(view).right());
        QCOMPARE(view->width(), view->height());
        QCOMPARE(view->transform().pictureRect(), QRectF(view->rect()));
        QVERIFY(view->width() > 440);
        m_window->resize(1024, 720);
        QTRY_VERIFY(place(histogram).top() > place(view).bottom());
        QVERIFY(view->width() > view->height());
    }

private:
    /// Opens the menu there, and chooses from it. Returns what it offers.
    static QStringList menuAt(QWidget *widget, const QPoint &place, const QString &choice)
    {
        QContextMenuEvent press(QContextMenuEvent::Mouse, place, widget->mapToGlobal(place));
        QApplication::sendEvent(widget, &press);
        QStringList texts;
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        for (QAction *action : menu ? menu->actions() : QList<QAction *>()) {
            texts << action->text();
            if (action->text() == choice)
                action->trigger();
        }
        if (menu)
            menu->close();
        return texts;
    }

    Session &session() { return m_window->session(); }
    TensorTabs *tensors() { return m_page->findChild<TensorTabs *>(); }

    const BlockMaps::Map *mapNamed(const QString &name)
    {
        for (const BlockMaps::Map &map : session().maps()->maps)
            if (map.name == name)
                return &map;
        return nullptr;
    }

    void openBlock(const QString &name)
    {
        m_window->openAddress({name, {}, -1});
        QTRY_VERIFY(session().maps() && session().maps()->block == name);
        QCoreApplication::processEvents();
    }

    ChannelView *openChannel()
    {
        m_window->openAddress({QStringLiteral("block35_1"), QStringLiteral("residual"), 5});
        [&] { QTRY_COMPARE(m_page->findChild<ChannelPage *>()->channel(), 5); }();
        return m_page->findChild<ChannelPage *>()->view();
    }

    Desk m_desk;
    QString m_model;
    std::unique_ptr<MainWindow> m_window;
    BlockPage *m_page = nullptr;
    NetworkStrip *m_strip = nullptr;
};

QTEST_MAIN(TestBlockPage)
#include "test_block_page.moc"
