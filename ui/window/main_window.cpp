// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "resources/resources.h"
#include "ui/base/save_dialog.h"
#include "ui/compare/case_choice.h"
#include "ui/compare/compare_page.h"
#include "ui/lesions/lesion_page.h"
#include "ui/maps/block_page.h"
#include "ui/maps/gallery_view.h"
#include "ui/maps/tensors_dialog.h"
#include "ui/model_page/model_page.h"
#include "ui/network/block_panel.h"
#include "ui/network/network_strip.h"
#include "ui/saliency/contribution_panel.h"
#include "ui/saliency/saliency_legend.h"
#include "ui/theme/appearance.h"
#include "ui/trust/trust_page.h"
#include "ui/widgets/copying.h"
#include "ui/widgets/filmstrip.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/message_banner.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/photo_panel.h"
#include "ui/widgets/predictions_panel.h"
#include "ui/widgets/status_line.h"
#include "ui/widgets/text_button.h"
#include "ui/window/arrow_keys.h"
#include "ui/window/help_page.h"
#include "ui/window/intake.h"
#include "ui/window/presentation.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusTipEvent>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace reslens {
namespace {

/// The room of a widget that comes and goes, with what stands there meanwhile: as long as there is enough,
/// nothing around it moves.
class Place : public QWidget
{
public:
    Place(QWidget *guest, QWidget *meanwhile) : m_guest(guest)
    {
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(guest);
        layout->addWidget(meanwhile);
    }

    QSize sizeHint() const override { return m_guest->sizeHint(); }

private:
    QWidget *m_guest;
};

} // namespace

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent), m_actions(new WindowActions(m_session, this)), m_banner(new MessageBanner),
      m_photo(new PhotoPanel(m_session, {m_actions->showSeen, m_actions->fit, m_actions->actualSize})),
      m_blocks(new BlockPanel(m_session.blocks())), m_page(new BlockPage(m_session)),
      m_network(new QStackedWidget), m_legend(new SaliencyLegend(m_session.explainer())),
      m_contributions(new ContributionPanel(m_session.explainer())), m_lesions(new LesionPage(m_session)),
      m_model(new ModelPage(m_session)), m_pages(new Pages), m_compare(new ComparePage(m_session)),
      m_filmstrip(new Filmstrip), m_status(new StatusLine(m_session, m_actions->cancel)),
      m_presentation(new Presentation(this)), m_intake(new Intake(m_session, this)),
      m_help(new HelpPage(this))
{
    setWindowTitle(tr("Reslens"));
    auto *toolBar = addToolBar(tr("Tools"));
    toolBar->setObjectName(QStringLiteral("tools"));
    toolBar->setMovable(false);
    toolBar->setContextMenuPolicy(Qt::PreventContextMenu);
    toolBar->setIconSize({20, 20});
    m_actions->fill(toolBar);

    auto *central = new QWidget;
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(2 * Grid, Grid, 2 * Grid, Grid);
    layout->setSpacing(Grid);
    layout->addWidget(m_banner);
    layout->addWidget(makeBody(), 1);
    layout->addWidget(m_status);
    setCentralWidget(central);

    m_filmstrip->setModel(m_session.pictures());
    m_filmstrip->hide();
    new ArrowKeys(this);
    connectActions();
    connectCopying();
    connectSession();
    connectViews();
    connectBlocks();
    connectSaliency();
    // A file that is dropped on a text field is for the window, too.
    for (QLineEdit *field : findChildren<QLineEdit *>())
        field->setAcceptDrops(false);
    restore();
    m_blocks->strip()->setFocus();
}

MainWindow::~MainWindow()
{
    // What is hidden in the end must not report to a window that is half gone, nor ask a session that is
    // gone.
    hide();
}

QWidget *MainWindow::makeBody()
{
    auto *left = new QWidget;
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(2 * Grid);
    leftLayout->addWidget(m_photo, 1);
    auto *place = new Place(m_legend, makeHint());
    leftLayout->addWidget(place);
    // A map is of a picture: without one there is nothing to choose about it.
    const auto showPlace = [this, place] { place->setVisible(m_session.photo() != nullptr); };
    connect(&m_session, &Session::photoChanged, place, showPlace);
    showPlace();
    auto *predictions = new PredictionsPanel(m_session);
    leftLayout->addWidget(predictions);
    connect(predictions, &PredictionsPanel::classesRequested, this, [this] {
        m_pages->turnTo(QStringLiteral("model"));
        m_model->showClasses();
    });
    leftLayout->addStretch();
    leftLayout->addWidget(m_filmstrip);

    m_columns = new QSplitter;
    m_columns->setChildrenCollapsible(false);
    // What is on the pages keeps its distance from their edge.
    m_columns->setHandleWidth(3 * Grid - Inset);
    m_columns->addWidget(left);
    // The keys of the strip, or of the open block's maps, are at hand when the page is turned to.
    m_network->setFocusProxy(m_blocks->strip());
    m_pages->add(makeNetworkPage(), QStringLiteral("network"), tr("Network"),
                 tr("What each block computed, and what is inside it"));
    m_pages->add(m_compare, QStringLiteral("compare"), tr("Compare"),
                 tr("Two pictures, or two models, side by side"));
    m_pages->add(m_lesions, QStringLiteral("lesions"), tr("Lesions"),
                 tr("What the network sees with blocks turned off, down or up"));
    m_pages->add(new TrustPage(m_session), QStringLiteral("trust"), tr("Trust"),
                 tr("How far the map over the picture can be trusted"));
    m_pages->add(makeModelPage(), QStringLiteral("model"), tr("Model"),
                 tr("What the network's file is, and the official weights"));
    m_columns->addWidget(m_pages);
    m_columns->setStretchFactor(0, 5);
    m_columns->setStretchFactor(1, 9);
    return m_columns;
}

QWidget *MainWindow::makeHint()
{
    QToolButton *hint = textButton(QStringLiteral("saliency"), tr("See what speaks for it"),
                                   tr("A map of what in the picture speaks for and against the most probable "
                                      "class (S). Click a class for another one's."));
    auto *line = new QWidget;
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(hint, 0, Qt::AlignLeft | Qt::AlignTop);
    line->hide();
    Explainer &explainer = m_session.explainer();
    connect(hint, &QToolButton::clicked, &explainer, &Explainer::toggle);
    connect(&explainer, &Explainer::changed, line, [line, &explainer] {
        const AnswerPtr answer = explainer.answer();
        line->setVisible(!explainer.question() && answer && !answer->top.empty());
    });
    return line;
}

QWidget *MainWindow::makeNetworkPage()
{
    // An open block takes the place of the blocks and of what each adds: its maps need the height.
    auto *overview = new QWidget;
    auto *layout = new QVBoxLayout(overview);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2 * Grid);
    layout->addWidget(m_blocks, 6);
    layout->addWidget(m_contributions, 1);
    m_network->addWidget(overview);
    m_network->addWidget(m_page);
    return m_network;
}

QWidget *MainWindow::makeModelPage()
{
    connect(m_model, &ModelPage::modelChosen, this, &MainWindow::loadModel);
    connect(m_model, &ModelPage::openRequested, m_intake, &Intake::askForModel);
    connect(m_model, &ModelPage::compareRequested, this, [this] {
        m_pages->turnTo(QStringLiteral("compare"));
        m_compare->choice()->chooseModels();
    });
    return m_model;
}

void MainWindow::connectActions()
{
    connect(m_actions->open, &QAction::triggered, m_intake, &Intake::askForPictures);
    connect(m_actions->openModel, &QAction::triggered, m_intake, &Intake::askForModel);
    connect(m_actions->paste, &QAction::triggered, m_intake, &Intake::paste);
    connect(m_actions->save, &QAction::triggered, this, &MainWindow::save);
    connect(m_actions->runAgain, &QAction::triggered, &m_session, &Session::runAgain);
    connect(m_actions->cancel, &QAction::triggered, &m_session, &Session::cancel);
    connect(m_actions->showSeen, &QAction::toggled, m_photo, &PhotoPanel::setShowsSeen);
    connect(m_actions->fit, &QAction::triggered, m_photo->view(), &ImageView::fit);
    connect(m_actions->actualSize, &QAction::triggered, m_photo->view(), &ImageView::actualSize);
    connect(m_actions->zoomIn, &QAction::triggered, this, [this] { m_photo->view()->zoom(1.25); });
    connect(m_actions->zoomOut, &QAction::triggered, this, [this] { m_photo->view()->zoom(0.8); });
    connect(m_actions->fullScreen, &QAction::toggled, this,
            [this](bool full) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, full)); });
    connect(m_actions->present, &QAction::toggled, this, &MainWindow::present);
    connect(m_actions->help, &QAction::triggered, this, [this] {
        m_help->show();
        m_help->raise();
        m_help->activateWindow();
    });
    // Where the arrows alone choose something else.
    connect(new QShortcut(Qt::ALT | Qt::Key_Left, this), &QShortcut::activated, this,
            [this] { stepPicture(-1); });
    connect(new QShortcut(Qt::ALT | Qt::Key_Right, this), &QShortcut::activated, this,
            [this] { stepPicture(1); });
    connect(m_actions, &WindowActions::pathChosen, this,
            [this](const QString &path) { m_session.openPaths({path}); });
    connect(m_actions, &WindowActions::modelChosen, this, [this](const QString &path) { loadModel(path); });
}

void MainWindow::connectCopying()
{
    connect(m_actions->copyTop, &QAction::triggered, this,
            [this] { copyText(this, m_session.predictions()->text(), tr("Top 5 copied")); });
    connect(m_actions->copyView, &QAction::triggered, this, [this] {
        QApplication::clipboard()->setImage(m_photo->view()->snapshot());
        m_status->confirm(tr("Picture copied"));
    });
    connect(&m_session, &Session::pictureCopied, this, [this] { m_status->confirm(tr("Picture copied")); });
    // A view of nothing, or a copy of what says that there is nothing, is of no use.
    const auto enable = [this] {
        const bool hasPhoto = m_session.photo() != nullptr;
        for (QAction *action : {m_actions->copyView, m_actions->showSeen, m_actions->fit,
                                m_actions->actualSize, m_actions->zoomIn, m_actions->zoomOut})
            action->setEnabled(hasPhoto);
        m_blocks->setOpenable(hasPhoto);
        m_actions->copyTop->setEnabled(m_session.predictions()->rowCount() > 0);
    };
    connect(&m_session, &Session::photoChanged, this, enable);
    connect(&m_session, &Session::stateChanged, this, enable);
    enable();
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::problem, m_banner, &MessageBanner::showMessage);
    connect(m_intake, &Intake::problem, &m_session, &Session::report);
    connect(m_intake, &Intake::modelChosen, this, [this](const QString &path) { loadModel(path); });
    connect(&m_session, &Session::rowChanged, this, [this](int row) {
        m_banner->hide();
        m_filmstrip->setVisible(hasFilmstrip() && !m_presentation->isOn());
        m_filmstrip->setCurrentIndex(m_session.pictures()->index(row));
        setWindowTitle(tr("%1 – Reslens").arg(m_session.currentPicture()->name));
    });
    // Esc is left to others, such as leaving the full screen, as long as there is nothing to stop.
    connect(&m_session, &Session::stateChanged, this, [this] {
        m_actions->cancel->setEnabled(m_session.isBusy());
        m_blocks->setSavable(m_session.answer() != nullptr);
    });
    m_actions->cancel->setEnabled(false);
}

void MainWindow::connectViews()
{
    auto *line = new QAction(this);
    line->setSeparator(true);
    m_photo->view()->addActions({m_actions->copyView, m_actions->save, line, m_actions->fit,
                                 m_actions->actualSize, m_actions->showSeen});
    m_photo->view()->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_filmstrip->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &now) { m_session.showPicture(now.row()); });
    connect(m_photo->view(), &ImageView::pointed, m_status, &StatusLine::setReadout);
    // What was pointed at is no longer what is there.
    connect(&m_session, &Session::photoChanged, m_status, &StatusLine::clearReadout);
    connect(&m_session, &Session::mapsChanged, m_status, &StatusLine::clearReadout);
    connect(m_blocks, &BlockPanel::pointed, m_status, &StatusLine::setReadout);
    connect(m_compare, &ComparePage::pointed, m_status, &StatusLine::setReadout);
    connect(m_lesions, &LesionPage::pointed, m_status, &StatusLine::setReadout);
}

void MainWindow::connectBlocks()
{
    connect(m_blocks, &BlockPanel::opened, &m_session, &Session::openBlock);
    connect(m_blocks, &BlockPanel::tensorOpened, this, [this](const QString &address) {
        if (const std::optional<TypedAddress> tensor = TypedAddress::parse(address))
            openAddress(*tensor);
    });
    connect(m_page, &BlockPage::pointed, m_status, &StatusLine::setReadout);
    connect(m_page, &BlockPage::overlayChanged, this, &MainWindow::updatePhotoOverlay);
    connect(&m_session, &Session::saved, this, [this](const QString &file, bool described) {
        const QString shown = QDir::toNativeSeparators(file);
        m_status->confirm(
            described ? tr("Saved %1 and its description, %2.json").arg(shown, QFileInfo(file).fileName())
                      : tr("Saved %1").arg(shown));
    });
    connect(&m_session, &Session::saveStopped, this, [this](const QString &file) {
        m_status->confirm(tr("Stopped: nothing was written to %1.").arg(QDir::toNativeSeparators(file)));
    });
    connect(m_blocks, &BlockPanel::saveRequested, this,
            [this](const QString &block) { askForTensors(m_session, block, this); });
    connect(m_page, &BlockPage::stepRequested, this, &MainWindow::stepBlock);
    connect(&m_session, &Session::openedBlockChanged, this, [this] {
        const bool open = !m_session.openedBlock().isEmpty();
        if (open) {
            m_blocks->select(m_session.openedBlock());
            m_compare->showBlock(m_session.openedBlock());
        }
        const bool wasOpen = m_network->currentWidget() == m_page;
        m_network->setCurrentWidget(open ? m_page : m_network->widget(0));
        m_network->setFocusProxy(open ? static_cast<QWidget *>(m_page->gallery()) : m_blocks->strip());
        if (open && !wasOpen)
            m_page->gallery()->setFocus();
        else if (!open)
            m_blocks->strip()->setFocus();
    });
}

void MainWindow::connectSaliency()
{
    connect(&m_session.explainer(), &Explainer::changed, this, &MainWindow::updatePhotoOverlay);
    connect(&m_session.explainer(), &Explainer::blockChosen, m_blocks, &BlockPanel::select);
    connect(m_blocks, &BlockPanel::moved, &m_session.explainer(), &Explainer::followBlock);
    connect(m_legend, &SaliencyLegend::saveRequested, this, &MainWindow::saveMap);
    connect(m_legend, &SaliencyLegend::opacityChanged, this, &MainWindow::updatePhotoOverlay);
    connect(m_contributions, &ContributionPanel::pointed, m_status, &StatusLine::setReadout);
}

void MainWindow::updatePhotoOverlay()
{
    PhotoOverlay overlay = m_page->overlay();
    const ExplanationPtr explanation = m_session.explainer().explanation();
    if (overlay.map.isNull() && !overlay.unit && explanation) {
        overlay.map = explanation->image(m_legend->opacity());
        overlay.mapArea = overlay.map.rect();
        overlay.opacity = 1;
        overlay.smooth = true;
    }
    m_photo->view()->setOverlay(overlay);
}

void MainWindow::save()
{
    if (m_page->isVisible())
        m_page->openSaveMenu();
    else if (m_session.explainer().explanation())
        saveMap();
    else if (m_session.photo())
        saveView();
}

void MainWindow::saveView()
{
    const QString name = QFileInfo(m_session.photo()->source.name).completeBaseName();
    askWhereToSave(this, tr("Save the picture as it is shown"), tr("%1-view").arg(name),
                   {tr("PNG picture (*.png)")},
                   [this, view = m_photo->view()->snapshot()](const QString &file) {
                       m_session.savePicture(view, file);
                   });
}

void MainWindow::saveMap()
{
    SaliencyExport wanted{
        m_session.explainer().explanation(), m_session.photo(), m_session.model(), m_legend->opacity(), {}};
    askWhereToSave(
        this, tr("Save the map"), fileNameFor(wanted),
        {tr("Picture with the map, at full size (*.png)"), tr("The map's values, for NumPy (*.npy)")},
        [this, wanted](const QString &file) mutable {
            wanted.file = file;
            m_session.saveSaliency(wanted);
        });
}

void MainWindow::selectBlock(const QString &block)
{
    m_blocks->select(block);
}

void MainWindow::present(bool on)
{
    m_actions->present->setChecked(on);
    if (!on)
        return stopPresenting();
    QList<QWidget *> aside{m_filmstrip, m_status};
    for (QToolBar *bar : findChildren<QToolBar *>())
        aside << bar;
    // Those that say what they do come and go with the map.
    for (QToolButton *button : m_columns->widget(0)->findChildren<QToolButton *>())
        if (button->toolButtonStyle() == Qt::ToolButtonIconOnly)
            aside << button;
    m_presentation->start(aside);
    m_blocks->strip()->setFocus();
}

void MainWindow::stopPresenting()
{
    m_presentation->stop();
    // Other pictures may have been opened meanwhile.
    m_filmstrip->setVisible(hasFilmstrip());
}

bool MainWindow::hasFilmstrip()
{
    return m_session.pictures()->rowCount() > 1;
}

void MainWindow::openAddress(const TypedAddress &address)
{
    m_page->open(address);
}

void MainWindow::compareWith(const QString &model)
{
    m_pages->turnTo(QStringLiteral("compare"));
    m_compare->choice()->chooseModel(model);
}

void MainWindow::openPaths(const QStringList &paths)
{
    m_intake->openPaths(paths);
}

void MainWindow::openSample()
{
    if (!m_session.explainer().question())
        m_session.explainer().chooseMethod(defaultSaliencyMethod);
    if (m_blocks->selected().isEmpty())
        connect(
            &m_session, &Session::modelChanged, m_blocks,
            [this] { m_blocks->select(m_session.blocks()->middleBlock()); }, Qt::SingleShotConnection);
    // The map stands out best from the last one.
    openPaths(samplePictures().last(1));
}

void MainWindow::loadModel(const QString &path, const QString &classNames)
{
    m_banner->hide();
    m_session.loadModel(path, classNames);
}

void MainWindow::stepPicture(int by)
{
    if (hasFilmstrip())
        m_session.showPicture(m_session.currentRow() + by);
    else
        stepBlock(by);
}

void MainWindow::stepBlock(int by)
{
    m_blocks->strip()->step(by);
    if (!m_session.openedBlock().isEmpty())
        m_session.openBlock(m_blocks->selected());
}

void MainWindow::turn(int by)
{
    // On the network page, the keys of a presenter's remote lead from block to block.
    if (m_pages->current() == QLatin1String("network") || !m_pages->scroll(by))
        stepBlock(by);
}

void MainWindow::restore()
{
    // What a window needs around it is not known yet: some for its frame.
    resize(QSize(1280, 832).boundedTo(screen()->availableSize() - QSize(4 * Grid, 6 * Grid)));
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_columns->setSizes({500, 900});
    m_columns->restoreState(settings.value(QStringLiteral("window/columns")).toByteArray());
}

bool MainWindow::event(QEvent *event)
{
    if (event->type() != QEvent::StatusTip)
        return QMainWindow::event(event);
    // Menus send empty ones.
    if (const QString tip = static_cast<QStatusTipEvent *>(event)->tip(); !tip.isEmpty())
        m_status->confirm(tip);
    return true;
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_session.isSaving() && !mayStopSaving())
        return event->ignore();
    // What is remembered is the window, not its full screen and large type.
    present(false);
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/columns"), m_columns->saveState());
    QMainWindow::closeEvent(event);
}

bool MainWindow::mayStopSaving()
{
    QMessageBox question(
        QMessageBox::Question, windowTitle(),
        tr("Tensors are still being saved. Nothing of them will be written if Reslens closes now."),
        QMessageBox::NoButton, this);
    QPushButton *const stop = question.addButton(tr("Stop and close"), QMessageBox::DestructiveRole);
    question.addButton(tr("Go on saving"), QMessageBox::RejectRole);
    question.exec();
    return question.clickedButton() == stop;
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ActivationChange)
        m_photo->view()->setShowsOriginal(false);
    if (event->type() == QEvent::WindowStateChange) {
        m_actions->fullScreen->setChecked(isFullScreen());
        if (!isFullScreen())
            present(false);
    }
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return stepPicture(-1);
    case Qt::Key_Right:
        return stepPicture(1);
    case Qt::Key_PageUp:
        return turn(-1);
    case Qt::Key_PageDown:
        return turn(1);
    case Qt::Key_Up:
        return stepBlock(-1);
    case Qt::Key_Down:
        return stepBlock(1);
    case Qt::Key_Space:
        return m_photo->view()->setShowsOriginal(true);
    case Qt::Key_Escape:
        // The page itself would only hear of a key pressed on it.
        if (m_page->isVisible())
            return m_page->back();
        if (m_session.explainer().isOfBlock())
            return m_session.explainer().chooseAllBlocks();
        return m_presentation->isOn() ? present(false) : m_actions->fullScreen->setChecked(false);
    default:
        QMainWindow::keyPressEvent(event);
    }
}

void MainWindow::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat())
        m_photo->view()->setShowsOriginal(false);
    else
        QMainWindow::keyReleaseEvent(event);
}

} // namespace reslens
