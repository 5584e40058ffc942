// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/lesions/lesion_page.h"
#include "ui/maps/unit.h"
#include "ui/model_page/model_page.h"
#include "ui/network/block_panel.h"
#include "ui/network/network_strip.h"
#include "ui/saliency/saliency_legend.h"
#include "ui/widgets/chart_menu.h"
#include "ui/widgets/drop_overlay.h"
#include "ui/widgets/filmstrip.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/message_banner.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/predictions_panel.h"
#include "ui/widgets/status_line.h"
#include "ui/widgets/top_chart.h"
#include "ui/window/help_page.h"
#include "ui/window/main_window.h"
#include "ui/window/window_actions.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QUrl>
#include <QWheelEvent>
#include <QtTest>

using namespace reslens;
using test::Desk;

namespace {

std::unique_ptr<QMimeData> urls(const QStringList &paths)
{
    auto data = std::make_unique<QMimeData>();
    QList<QUrl> list;
    for (const QString &path : paths)
        list << QUrl::fromLocalFile(path);
    data->setUrls(list);
    return data;
}

template <typename Widget>
Widget *find(MainWindow &window)
{
    return window.findChild<Widget *>();
}

} // namespace

/// Events as the platform sends them; a window a test, on a small model.
class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_model = m_desk.model(QStringLiteral("small.h5"));
        m_picture = m_desk.picture(QStringLiteral("first.png"), {300, 200});
        QDir(m_desk.path({})).mkdir(QStringLiteral("album"));
        for (int i = 1; i <= 3; ++i)
            m_desk.picture(QStringLiteral("album/%1.png").arg(i), {64, 64}, 80 * i);
    }

    void init()
    {
        QSettings().clear();
        m_window = std::make_unique<MainWindow>();
        m_window->resize(1024, 700);
        m_window->show();
        m_window->loadModel(m_model);
        m_window->openPaths({m_picture});
        QTRY_COMPARE(session().state(), Session::State::Answered);
    }

    void cleanup() { m_window.reset(); }

    void theFirstPictureShowsWhatTheProgramIsFor()
    {
        MainWindow window;
        window.loadModel(m_model);
        window.showTheWorks();
        window.openSample();
        const Session &started = window.session();
        QTRY_COMPARE(started.state(), Session::State::Answered);
        QTRY_VERIFY(window.session().explainer().explanation());
        const Question shown = window.session().explainer().explanation()->question;
        QVERIFY(shown.method == defaultSaliencyMethod);
        QCOMPARE(shown.subject.classIndex, started.answer()->top.front().classIndex);
        QCOMPARE(window.findChild<BlockPanel *>()->selected(), QStringLiteral("block35_1"));

        // Pictures that follow keep to what is chosen, on or off.
        window.session().explainer().toggle();
        window.openPaths({m_picture});
        QTRY_COMPARE(started.photo()->source.name, QStringLiteral("first.png"));
        QTRY_COMPARE(started.state(), Session::State::Answered);
        QVERIFY(!window.session().explainer().question());
    }

    void whatIsAskedForAtTheStartComesFirst()
    {
        MainWindow window;
        window.session().explainer().chooseMethod(SaliencyMethod::Energy);
        window.loadModel(m_model);
        window.selectBlock(QStringLiteral("block8_2"));
        window.showTheWorks();
        window.openSample();
        QTRY_COMPARE(window.session().state(), Session::State::Answered);
        QVERIFY(window.session().explainer().question()->method == SaliencyMethod::Energy);
        QCOMPARE(window.findChild<BlockPanel *>()->selected(), QStringLiteral("block8_2"));
    }

    void theModelsLineLeadsToItsClasses()
    {
        // Three classes that a random network tells apart badly, or well.
        const bool unsure = session().answer()->top.front().probability < 0.5F;
        const QString says = unsure ? QStringLiteral("Not sure, among the 3 classes that it knows")
                                    : QStringLiteral("small.h5 · 3 classes");
        const auto labels = find<PredictionsPanel>(*m_window)->findChildren<QLabel *>();
        QVERIFY(
            std::ranges::any_of(labels, [&](const QLabel *label) { return label->text().startsWith(says); }));
        const auto buttons = find<PredictionsPanel>(*m_window)->findChildren<QToolButton *>();
        (*std::ranges::find(buttons, PredictionsPanel::tr("Classes"), &QToolButton::text))->click();
        QCOMPARE(m_window->pages().current(), QStringLiteral("model"));
        const auto texts = find<ModelPage>(*m_window)->findChildren<QLineEdit *>();
        QVERIFY(std::ranges::any_of(texts, &QLineEdit::isVisible));
    }

    void dropOfAFile()
    {
        drop(*urls({m_desk.picture(QStringLiteral("dropped.png"))}));
        QTRY_COMPARE(session().photo()->source.name, QStringLiteral("dropped.png"));
        QTRY_COMPARE(session().state(), Session::State::Answered);
        QVERIFY(find<Filmstrip>(*m_window)->isHidden());
        QVERIFY(m_window->windowTitle().contains(QStringLiteral("dropped.png")));
    }

    void dragIsAnnounced()
    {
        auto *overlay = find<DropOverlay>(*m_window);
        const auto data = urls({m_picture});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QVERIFY(overlay->isVisible());
        QDragLeaveEvent leave;
        QApplication::sendEvent(m_window.get(), &leave);
        QVERIFY(!overlay->isVisible());

        const QMimeData nothing;
        QDragEnterEvent other({10, 10}, Qt::CopyAction, &nothing, Qt::LeftButton, Qt::NoModifier);
        other.ignore();
        QApplication::sendEvent(m_window.get(), &other);
        QVERIFY(!other.isAccepted());
        QVERIFY(!overlay->isVisible());
    }

    void dropOnATextField()
    {
        session().explainer().explain(0);
        QTRY_VERIFY(session().explainer().explanation());
        const auto data = urls({m_desk.path(QStringLiteral("album"))});
        data->setText(m_desk.path(QStringLiteral("album")));
        auto *field = find<SaliencyLegend>(*m_window)->findChild<QLineEdit *>();
        QVERIFY(field->isVisible());
        const QString before = field->text();
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        enter.ignore();
        QApplication::sendEvent(field, &enter);
        QVERIFY(enter.isAccepted() && find<DropOverlay>(*m_window)->isVisible());
        QDropEvent event({5, 5}, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(field, &event);
        QCOMPARE(field->text(), before);
    }

    void dropOfAFolder()
    {
        drop(*urls({m_desk.path(QStringLiteral("album"))}));
        QTRY_COMPARE(session().pictures()->rowCount(), 3);
        QTRY_COMPARE(session().state(), Session::State::Answered);
        QVERIFY(find<Filmstrip>(*m_window)->isVisible());
        QCOMPARE(session().currentRow(), 0);
    }

    void dropOfRawImageData()
    {
        QMimeData data;
        data.setImageData(QImage(50, 40, QImage::Format_ARGB32));
        drop(data);
        QTRY_COMPARE(session().photo()->size, QSize(50, 40));
        QTRY_COMPARE(session().state(), Session::State::Answered);
    }

    void dropOfAModel()
    {
        drop(*urls({m_desk.model(QStringLiteral("notop.h5"), false)}));
        QTRY_VERIFY(!session().model()->hasTop());
        QTRY_COMPARE(session().state(), Session::State::Answered);
        QVERIFY(shownTexts().contains(QStringLiteral("no classification head")));
    }

    void dropOfRubbish_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << "rubbish.jpg" << QByteArray("hello");
        QTest::newRow("empty") << "rubbish.png" << QByteArray();
        QTest::newRow("cut PNG") << "rubbish.png" << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
        QTest::newRow("model") << "rubbish.h5" << QByteArray("hello");
    }

    void dropOfRubbish()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        auto *banner = find<MessageBanner>(*m_window);
        drop(*urls({m_desk.file(name, content)}));
        QTRY_VERIFY2(banner->message().contains(name), qPrintable(banner->message()));
        QVERIFY(banner->message().endsWith(u'.') && !banner->message().endsWith(QStringLiteral("..")));
        // Alive: the next drop is answered, and the message is gone.
        drop(*urls({m_picture}));
        QTRY_COMPARE(session().state(), Session::State::Answered);
        QVERIFY(banner->isHidden());
    }

    void dropOfARemoteAddress()
    {
        QMimeData data;
        data.setUrls({QUrl(QStringLiteral("https://example.org/cat.jpg"))});
        drop(data);
        QVERIFY(!find<MessageBanner>(*m_window)->message().isEmpty());
        QCOMPARE(session().state(), Session::State::Answered);
    }

    void pasteAndCopy()
    {
        QImage image(30, 20, QImage::Format_RGB32);
        image.fill(Qt::red);
        QApplication::clipboard()->setImage(image);
        QTest::keyClick(m_window.get(), Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(session().photo()->size, QSize(30, 20));
        QTRY_COMPARE(session().state(), Session::State::Answered);

        QApplication::clipboard()->setText(m_picture);
        QTest::keyClick(m_window.get(), Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(session().photo()->source.path, m_picture);
        QTRY_COMPARE(session().state(), Session::State::Answered);

        QTest::keyClick(m_window.get(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), session().predictions()->text());
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("sea_lion")));
        QVERIFY(shownTexts().contains(QStringLiteral("Top 5 copied")));
        QTest::keyClick(m_window.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!QApplication::clipboard()->image().isNull());
        QVERIFY(shownTexts().contains(QStringLiteral("Picture copied")));
        // The pointer, which nearly always moves, does not take it away.
        find<StatusLine>(*m_window)->setReadout(QStringLiteral("x 1"));
        QVERIFY(shownTexts().contains(QStringLiteral("Picture copied")));
    }

    void selectedTextIsCopied()
    {
        auto *banner = find<MessageBanner>(*m_window);
        session().report(QStringLiteral("Sentence"));
        auto *text = banner->findChild<QLabel *>();
        QTest::mouseDClick(text, Qt::LeftButton, {}, QPoint(6, text->height() / 2));
        QCOMPARE(text->selectedText(), QStringLiteral("Sentence"));
        QTest::keyClick(text, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("Sentence"));
    }

    void whatCannotBeShownIsNotCopied()
    {
        QAction *copy = find<WindowActions>(*m_window)->copyView;
        QVERIFY(copy->isEnabled());
        drop(*urls({m_desk.file(QStringLiteral("broken.png"), "hello")}));
        QTRY_COMPARE(session().state(), Session::State::Failed);
        QVERIFY(!copy->isEnabled());
        QVERIFY(!find<WindowActions>(*m_window)->copyTop->isEnabled());
        drop(*urls({m_picture}));
        QTRY_COMPARE(session().state(), Session::State::Answered);
        QVERIFY(copy->isEnabled());
    }

    void withoutAPictureNothingPretends()
    {
        MainWindow window;
        window.resize(1024, 700);
        window.show();
        window.loadModel(m_model);
        QTRY_VERIFY(window.session().model());
        const auto *actions = find<WindowActions>(window);
        const auto buttons = find<BlockPanel>(window)->findChildren<QToolButton *>();
        const QToolButton *open =
            *std::ranges::find(buttons, BlockPanel::tr("Feature maps"), &QToolButton::text);
        const auto all = window.actions();
        const QAction *saliency = *std::ranges::find(
            all, QKeySequence(Qt::Key_S), [](const QAction *action) { return action->shortcut(); });
        const auto areEnabled = [&] {
            QList<bool> enabled{open->isEnabled(), saliency->isEnabled()};
            for (const QAction *action : {actions->showSeen, actions->fit, actions->actualSize})
                enabled << action->isEnabled();
            return enabled;
        };
        QCOMPARE(areEnabled(), QList<bool>(5, false));
        // What was chosen at the start waits unseen.
        window.session().explainer().chooseMethod(SaliencyMethod::Direct);
        QVERIFY(!find<SaliencyLegend>(window)->isVisible());
        window.openPaths({m_picture});
        QTRY_COMPARE(window.session().state(), Session::State::Answered);
        QCOMPARE(areEnabled(), QList<bool>(5, true));
        QVERIFY(find<SaliencyLegend>(window)->isVisible());
    }

    void whatIsSavedIsSaidAsItIs()
    {
        QSignalSpy saved(&session().exporter(), &Exporter::saved);
        const QString view = m_desk.path(QStringLiteral("view.png"));
        session().exporter().savePicture(find<ImageView>(*m_window)->snapshot(), view);
        QTRY_COMPARE(saved.count(), 1);
        QVERIFY(shownTexts().contains(QStringLiteral("Saved ") + view));
        QVERIFY(!shownTexts().contains(QStringLiteral("description")));
        // The pointer, which nearly always moves, does not take it away.
        find<StatusLine>(*m_window)->setReadout(QStringLiteral("x 1"));
        QVERIFY(shownTexts().contains(QStringLiteral("Saved ")));
        session().exporter().saveTensors(
            {{"stem/output"},
             {.kind = TensorTarget::Kind::Folder, .path = m_desk.path(QStringLiteral("saved"))}});
        QTRY_COMPARE(saved.count(), 2);
        QVERIFY(!shownTexts().contains(QStringLiteral("saved.json")));
        session().exporter().saveTensors(
            {{"stem/output"},
             {.kind = TensorTarget::Kind::Npy, .path = m_desk.path(QStringLiteral("saved.npy"))}});
        QTRY_COMPARE(saved.count(), 3);
        QVERIFY(shownTexts().contains(QStringLiteral("and its description, saved.npy.json")));
        QVERIFY(QFile::exists(m_desk.path(QStringLiteral("saved.npy.json"))));
    }

    void aRefusedModelLeavesTheOneBefore()
    {
        drop(*urls({m_desk.file(QStringLiteral("refused.h5"), "hello")}));
        QTRY_VERIFY(find<MessageBanner>(*m_window)->isVisible());
        const QString message = find<MessageBanner>(*m_window)->message();
        QVERIFY2(message.endsWith(QStringLiteral(". small.h5 stays in use.")), qPrintable(message));
    }

    void theViewIsSavedByThePicturesName()
    {
        key(Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(find<QFileDialog>(*m_window));
        auto *dialog = find<QFileDialog>(*m_window);
        QVERIFY(dialog->selectedFiles().value(0).endsWith(QStringLiteral("/first-view.png")));
        dialog->reject();
    }

    void thePictureHasItsMenu()
    {
        const auto *actions = find<WindowActions>(*m_window);
        auto *view = find<ImageView>(*m_window);
        QCOMPARE(view->contextMenuPolicy(), Qt::ActionsContextMenu);
        for (QAction *action :
             {actions->copyView, actions->save, actions->fit, actions->actualSize, actions->showSeen})
            QVERIFY(view->actions().contains(action));
    }

    void theFilmstripCopiesPaths()
    {
        m_window->openPaths({m_desk.path(QStringLiteral("album"))});
        auto *filmstrip = find<Filmstrip>(*m_window);
        QTRY_VERIFY(filmstrip->isVisible());
        const QPoint second = filmstrip->visualRect(session().pictures()->index(1)).center();
        QContextMenuEvent press(QContextMenuEvent::Mouse, second, filmstrip->viewport()->mapToGlobal(second));
        QApplication::sendEvent(filmstrip->viewport(), &press);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        menu->actions().first()->trigger();
        menu->close();
        QCOMPARE(QApplication::clipboard()->text(), m_desk.path(QStringLiteral("album/2.png")));
        QVERIFY(shownTexts().contains(QStringLiteral("Path copied")));
    }

    void longPicturesShowInTheFilmstrip()
    {
        m_window->openPaths({m_desk.picture(QStringLiteral("wide.png"), {4000, 10}),
                             m_desk.picture(QStringLiteral("tall.png"), {10, 4000})});
        auto *filmstrip = find<Filmstrip>(*m_window);
        QTRY_VERIFY(filmstrip->isVisible());
        for (int row = 0; row < 2; ++row) {
            const QModelIndex index = session().pictures()->index(row);
            QVERIFY(index.data(Qt::ToolTipRole).toString().contains(index.data().toString()));
            // Somewhere in the tile is the picture's red.
            QTRY_VERIFY(mostSaturated(filmstrip->viewport()->grab(
                            filmstrip->visualRect(index).adjusted(4, 8, -4, -8))) > 100);
        }
    }

    void arrowsWalkThroughPicturesAndBlocks()
    {
        auto *strip = find<BlockPanel>(*m_window)->strip();
        QCOMPARE(strip->currentIndex().row(), 0);
        key(Qt::Key_Down);
        key(Qt::Key_Down);
        key(Qt::Key_Up);
        QCOMPARE(strip->currentIndex().row(), 1);
        // With one picture, all arrows walk through the blocks.
        key(Qt::Key_Right);
        QCOMPARE(strip->currentIndex().row(), 2);

        m_window->openPaths({m_desk.path(QStringLiteral("album"))});
        QTRY_COMPARE(session().pictures()->rowCount(), 3);
        QTRY_COMPARE(session().state(), Session::State::Answered);
        key(Qt::Key_Right);
        key(Qt::Key_Right);
        QCOMPARE(session().currentRow(), 2);
        key(Qt::Key_Left);
        QCOMPARE(session().currentRow(), 1);
        QCOMPARE(strip->currentIndex().row(), 2);
        QTRY_COMPARE(session().state(), Session::State::Answered);
        QCOMPARE(session().photo()->source.name, QStringLiteral("2.png"));
        QCOMPARE(find<Filmstrip>(*m_window)->currentIndex().row(), 1);
    }

    void arrowsWalkThroughPicturesOnEveryPage_data()
    {
        QTest::addColumn<QString>("page");
        for (const char *page : {"network", "compare", "lesions", "trust", "model"})
            QTest::newRow(page) << QString::fromLatin1(page);
    }

    void arrowsWalkThroughPicturesOnEveryPage()
    {
        QFETCH(QString, page);
        m_window->openPaths({m_desk.path(QStringLiteral("album"))});
        QTRY_COMPARE(session().pictures()->rowCount(), 3);
        QTRY_COMPARE(session().state(), Session::State::Answered);
        auto &pages = m_window->pages();
        // From a page that has the keyboard to another.
        pages.turnTo(page == QLatin1String("model") ? QStringLiteral("trust") : QStringLiteral("model"));
        pages.turnTo(page);
        key(Qt::Key_Right);
        QCOMPARE(session().currentRow(), 1);
        for (QAbstractButton *button : pages.findChildren<QAbstractButton *>()) {
            if (!button->isVisible() || !button->isEnabled() || button->focusPolicy() == Qt::NoFocus)
                continue;
            button->setFocus();
            QVERIFY(button->hasFocus());
            key(Qt::Key_Left);
            QCOMPARE(session().currentRow(), 0);
            key(Qt::Key_Right);
            QCOMPARE(session().currentRow(), 1);
        }
        // What has arrows of its own leaves the others to the window.
        for (QTabBar *tabs : pages.findChildren<QTabBar *>())
            if (tabs->isVisible()) {
                tabs->setFocus();
                const int tab = tabs->currentIndex();
                key(Qt::Key_Right, Qt::AltModifier);
                QCOMPARE(session().currentRow(), 2);
                QCOMPARE(tabs->currentIndex(), tab);
                key(Qt::Key_Left, Qt::AltModifier);
            }
        QCOMPARE(pages.current(), page);
    }

    void everyChartCanBeTakenAway()
    {
        const auto menus = m_window->findChildren<ChartMenu *>();
        // The strip, the top 5 three times, the contributions, the lens, three checks, histogram and profile.
        QVERIFY(menus.size() >= 11);
        for (const ChartMenu *menu : menus) {
            const QByteArray svg = menu->svg();
            QVERIFY(svg.contains("</svg>"));
            QVERIFY(!svg.contains("NaN"));
        }
        for (QWidget *plot : m_window->findChildren<QWidget *>()) {
            if (!plot->inherits("QCustomPlot") || !plot->isVisible() ||
                plot->testAttribute(Qt::WA_TransparentForMouseEvents))
                continue;
            const QPoint place = plot->rect().center();
            QContextMenuEvent press(QContextMenuEvent::Mouse, place, plot->mapToGlobal(place));
            QApplication::sendEvent(plot, &press);
            QTRY_VERIFY(QApplication::activePopupWidget());
            QApplication::activePopupWidget()->close();
        }
        const auto *strip = find<NetworkStrip>(*m_window)->findChild<ChartMenu *>();
        QVERIFY(strip->svg().contains(">conv_7b<"));
    }

    void clicksSelect()
    {
        auto *strip = find<BlockPanel>(*m_window)->strip();
        const QModelIndex block = session().blocks()->index(4);
        QTest::mouseClick(strip->viewport(), Qt::LeftButton, {}, strip->visualRect(block).center());
        QCOMPARE(strip->currentIndex(), block);
        QVERIFY(shownTexts().contains(block.data().toString()));

        m_window->openPaths({m_desk.path(QStringLiteral("album"))});
        QTRY_COMPARE(session().pictures()->rowCount(), 3);
        auto *filmstrip = find<Filmstrip>(*m_window);
        QTRY_VERIFY(filmstrip->isVisible());
        const QRect third = filmstrip->visualRect(session().pictures()->index(2));
        QTest::mouseClick(filmstrip->viewport(), Qt::LeftButton, {}, third.center());
        QCOMPARE(session().currentRow(), 2);
    }

    void aTiltedWheelZoomsNothing()
    {
        auto *view = find<ImageView>(*m_window);
        const auto turn = [view](QPoint angle) {
            QWheelEvent event({50, 50}, view->mapToGlobal(QPointF(50, 50)), {}, angle, Qt::NoButton,
                              Qt::NoModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(view, &event);
        };
        turn({120, 0});
        QVERIFY(view->transform().isFitted());
        turn({0, 120});
        QVERIFY(!view->transform().isFitted());
    }

    void keysOfTheView()
    {
        auto *view = find<ImageView>(*m_window);
        const double fitted = view->scale();
        key(Qt::Key_1);
        QCOMPARE(view->scale(), 1.0);
        QTest::keyClick(m_window.get(), Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(view->scale(), fitted);
        key(Qt::Key_N);
        QVERIFY(view->showsSeen());
        const QImage seen = view->snapshot();
        QTest::keyPress(focus(), Qt::Key_Space);
        QVERIFY(view->snapshot() != seen);
        QTest::keyRelease(focus(), Qt::Key_Space);
        QCOMPARE(view->snapshot(), seen);
        key(Qt::Key_N);
        QVERIFY(!view->showsSeen());
        key(Qt::Key_F1);
        QVERIFY(find<HelpPage>(*m_window)->isVisible());
        QVERIFY(!find<HelpPage>(*m_window)->isModal());
        key(Qt::Key_F11);
        QVERIFY(m_window->isFullScreen());
        key(Qt::Key_Escape);
        QVERIFY(!m_window->isFullScreen());
    }

    void theStripSaysWhatItShows()
    {
        const auto labels = find<BlockPanel>(*m_window)->findChildren<QLabel *>();
        QTRY_VERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
            return label->text().startsWith(QStringLiteral("tile: channel mean · bar: change of input, 0–"));
        }));
    }

    void presentationWalksThroughTheNetwork()
    {
        const QFont before = QApplication::font();
        auto *strip = find<NetworkStrip>(*m_window);
        key(Qt::Key_F5);
        QVERIFY(m_window->isFullScreen());
        m_window->resize(1920, 1080);
        QTRY_VERIFY(QApplication::font().pointSizeF() > 1.3 * before.pointSizeF());
        QTRY_VERIFY(strip->font().pointSizeF() > 1.3 * before.pointSizeF());
        const QFont heading = m_window->findChild<BlockPanel *>()->findChild<QLabel *>()->font();
        QTRY_VERIFY(heading.pointSizeF() > strip->font().pointSizeF());
        QVERIFY(!find<StatusLine>(*m_window)->isVisible());
        strip->setCurrentIndex(strip->model()->index(0, 0));
        for (int row = 1; row < strip->model()->rowCount(); ++row) {
            key(row % 2 ? Qt::Key_PageDown : Qt::Key_Down);
            QCOMPARE(strip->currentIndex().row(), row);
        }
        key(Qt::Key_Down);
        QCOMPARE(strip->currentIndex().row(), strip->model()->rowCount() - 1);
        key(Qt::Key_PageUp);
        key(Qt::Key_Up);
        QCOMPARE(strip->currentIndex().row(), strip->model()->rowCount() - 3);
        key(Qt::Key_Escape);
        QVERIFY(!m_window->isFullScreen());
        QCOMPARE(QApplication::font(), before);
        QVERIFY(find<StatusLine>(*m_window)->isVisible());
    }

    void presentationFitsTheProjector_data()
    {
        QTest::addColumn<QSize>("size");
        for (const QSize size : {QSize(1024, 768), QSize(1280, 720), QSize(1280, 800), QSize(1600, 1000),
                                 QSize(1920, 1080), QSize(1920, 1200)})
            QTest::addRow("%d x %d", size.width(), size.height()) << size;
    }

    void presentationFitsTheProjector()
    {
        QFETCH(QSize, size);
        key(Qt::Key_F5);
        m_window->resize(size);
        for (const QString &page : m_window->pages().names()) {
            QVERIFY(m_window->pages().turnTo(page));
            QTRY_COMPARE(clipped(), QString());
            for (const QScrollBar *bar : m_window->pages().findChildren<QScrollBar *>())
                QVERIFY2(bar->orientation() == Qt::Vertical || !bar->isVisible(), qPrintable(page));
        }
        m_window->pages().turnTo(QStringLiteral("network"));
        auto *panel = find<BlockPanel>(*m_window);
        QVERIFY(panel->strip()->height() <= 0.6 * panel->height());
        key(Qt::Key_Escape);
    }

    void closedInAPresentationItOpensAsBefore()
    {
        key(Qt::Key_F5);
        QVERIFY(m_window->isFullScreen());
        m_window->close();
        m_window = std::make_unique<MainWindow>();
        m_window->show();
        QVERIFY(!m_window->isFullScreen());
    }

    void presentationKeepsThePage()
    {
        auto *pages = find<Pages>(*m_window);
        pages->turnTo(QStringLiteral("lesions"));
        key(Qt::Key_F5);
        QCOMPARE(pages->current(), QStringLiteral("lesions"));
        key(Qt::Key_Escape);
        QVERIFY(!m_window->isFullScreen());
        QCOMPARE(pages->current(), QStringLiteral("lesions"));
        pages->turnTo(QStringLiteral("network"));
    }

    void pageKeysScrollAPage()
    {
        m_window->resize(1024, 640);
        m_window->pages().turnTo(QStringLiteral("lesions"));
        auto *strip = find<BlockPanel>(*m_window)->strip();
        const QModelIndex block = strip->currentIndex();
        // More than the window has room for.
        auto *page = m_window->findChild<LesionPage *>();
        page->setMinimumHeight(2000);
        QCoreApplication::processEvents();
        const int top = page->y();
        QTest::keyClick(m_window.get(), Qt::Key_PageDown);
        QVERIFY(page->y() < top);
        QTest::keyClick(m_window.get(), Qt::Key_PageUp);
        QCOMPARE(page->y(), top);
        QCOMPARE(strip->currentIndex(), block);
        page->setMinimumHeight(0);
        m_window->pages().turnTo(QStringLiteral("network"));
        QTest::keyClick(m_window.get(), Qt::Key_PageDown);
        QCOMPARE(strip->currentIndex().row(), block.row() + 1);
    }

    void escapeStopsARun()
    {
        connect(&session(), &Session::progressed, m_window.get(), [this] { key(Qt::Key_Escape); });
        drop(*urls({m_desk.picture(QStringLiteral("long.png"))}));
        QTRY_COMPARE(session().state(), Session::State::Cancelled);
        QTest::qWait(50);
        QCOMPARE(session().state(), Session::State::Cancelled);
        QVERIFY(shownTexts().contains(QStringLiteral("Stopped")));
        session().disconnect(m_window.get());
        key(Qt::Key_R, Qt::ControlModifier);
        QTRY_COMPARE(session().state(), Session::State::Answered);
    }

    void theChartTellsItsValues()
    {
        auto *chart = find<TopChart>(*m_window);
        QVERIFY(chart->accessibleDescription().contains(QStringLiteral("sea lion")));
        chart->setFocus(Qt::TabFocusReason);
        key(Qt::Key_Down);
        QVERIFY(chart->hasFocus());
        QCOMPARE(find<BlockPanel>(*m_window)->strip()->currentIndex().row(), 0);
    }

    void recentFilesAreKept()
    {
        for (int i = 0; i < 12; ++i) {
            m_window->openPaths({m_desk.picture(QStringLiteral("recent%1.png").arg(i))});
            QTRY_COMPARE(session().state(), Session::State::Answered);
        }
        const QStringList recent = QSettings().value(QStringLiteral("recent/files")).toStringList();
        QCOMPARE(int(recent.size()), 10);
        QCOMPARE(recent.front(), m_desk.path(QStringLiteral("recent11.png")));
        QCOMPARE(QSettings().value(QStringLiteral("recent/models")).toStringList(), QStringList(m_model));
    }

    void theFilmstripHasRoomInTheLeastWindow()
    {
        m_window->openPaths(
            {m_desk.picture(QStringLiteral("one.png")), m_desk.picture(QStringLiteral("two.png"))});
        QTRY_VERIFY(find<Filmstrip>(*m_window)->isVisible());
        m_window->resize(1024, 700);
        QCoreApplication::processEvents();
        QCOMPARE(m_window->size(), QSize(1024, 700));
    }

    void noModelsNameHoldsTheWindowOpen()
    {
        const int before = m_window->minimumSizeHint().width();
        const QString name = QStringLiteral("odd%3_%1.h5").arg(QString(120, u'm'));
        QVERIFY(QFile::copy(m_model, m_desk.path(name)));
        m_window->loadModel(m_desk.path(name));
        QTRY_VERIFY(session().model()->path().endsWith(name));
        QTRY_VERIFY(session().state() == Session::State::Answered && !session().isBusy());
        QVERIFY(find<StatusLine>(*m_window)->findChildren<QLabel *>().last()->text().startsWith(name));
        QCoreApplication::processEvents();
        QCOMPARE(m_window->minimumSizeHint().width(), before);
        QVERIFY(shownTexts().contains(name + QStringLiteral(" · 3 classes")));
    }

    void noPageHoldsTheLeastWindowOpen()
    {
        m_window->openPaths(
            {m_desk.picture(QStringLiteral("one.png")), m_desk.picture(QStringLiteral("two.png"))});
        QTRY_COMPARE(session().state(), Session::State::Answered);
        session().explainer().explain(0);
        QTRY_VERIFY(session().explainer().explanation());
        QVERIFY(find<Filmstrip>(*m_window)->isVisible());
        find<MessageBanner>(*m_window)->showMessage(QStringLiteral("Something cannot be read."));
        const QSize least(1024, 640);
        m_window->resize(least);
        const auto check = [&](const QString &page) {
            QCoreApplication::processEvents();
            const QSize hint = m_window->minimumSizeHint();
            QVERIFY2(hint.height() <= least.height() && hint.width() <= least.width(),
                     qPrintable(QStringLiteral("%1 %2").arg(page).arg(hint.height())));
            QCOMPARE(m_window->size(), least);
        };
        for (const QString &page : m_window->pages().names()) {
            QVERIFY(m_window->pages().turnTo(page));
            check(page);
        }
        m_window->pages().turnTo(QStringLiteral("network"));
        for (const char *text : {"stem", "block17_1/residual/ch1", "block17_1/residual/ch1@(1,1)",
                                 "block35_1/branch_2/ch0@(1,1)", "stem/pool_2/ch0@(1,1)"}) {
            const TypedAddress address = *TypedAddress::parse(QString::fromLatin1(text));
            m_window->openAddress(address);
            QTRY_VERIFY(session().maps() && session().maps()->block == address.block);
            QTRY_COMPARE(session().unitExplainer().story() != nullptr, address.position.has_value());
            check(QString::fromLatin1(text));
        }
        QVERIFY(find<MessageBanner>(*m_window)->isVisible());
    }

    void nothingIsClipped_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("least") << QSize(1024, 700);
        QTest::newRow("4K") << QSize(3840, 2160);
    }

    void nothingIsClipped()
    {
        QFETCH(QSize, size);
        // From large to small, nothing holds the window open.
        m_window->resize(3840, 2160);
        QCoreApplication::processEvents();
        m_window->resize(size);
        QCoreApplication::processEvents();
        QCOMPARE(m_window->size(), size);
        QCOMPARE(clipped(), QString());
    }

private:
    /// The text of a label that has not the room it needs; empty if all have.
    QString clipped() const
    {
        for (const QLabel *label : m_window->centralWidget()->findChildren<QLabel *>()) {
            if (!label->isVisible() || label->text().isEmpty() || label->inherits("reslens::ElidedLabel"))
                continue;
            const QSize hint = label->sizeHint();
            if (label->wordWrap() ? label->height() < label->heightForWidth(label->width())
                                  : label->height() < hint.height() || label->width() < hint.width())
                return label->text();
        }
        return {};
    }

    Session &session() { return m_window->session(); }
    QWidget *focus() { return QApplication::focusWidget() ? QApplication::focusWidget() : m_window.get(); }
    void key(Qt::Key which, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(focus(), which, modifiers);
    }

    void drop(const QMimeData &data)
    {
        QDragEnterEvent enter({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &event);
        QVERIFY(event.isAccepted());
    }

    static int mostSaturated(const QPixmap &pixmap)
    {
        const QImage shot = pixmap.toImage();
        int most = 0;
        for (int y = 0; y < shot.height(); ++y)
            for (int x = 0; x < shot.width(); ++x)
                most = std::max(most, shot.pixelColor(x, y).saturation());
        return most;
    }

    /// All text that labels show.
    QString shownTexts()
    {
        QString all;
        for (const QLabel *label : m_window->findChildren<QLabel *>())
            if (label->isVisible())
                all += label->text() + u'\n';
        return all;
    }

    Desk m_desk;
    QString m_model;
    QString m_picture;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestMainWindow)
#include "test_main_window.moc"
