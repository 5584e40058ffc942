// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "resources/resources.h"
#include "ui/compare/case_choice.h"
#include "ui/compare/compare_page.h"
#include "ui/lesions/lesion_page.h"
#include "ui/model_page/model_page.h"
#include "ui/theme/appearance.h"
#include "ui/trust/trust_page.h"
#include "ui/widgets/copying.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/message_banner.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/status_line.h"
#include "ui/window/arrow_keys.h"
#include "ui/window/help_page.h"
#include "ui/window/intake.h"
#include "ui/window/network_page.h"
#include "ui/window/photo_column.h"
#include "ui/window/presentation.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDir>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStatusTipEvent>
#include <QToolBar>
#include <QToolTip>
#include <QVBoxLayout>

namespace reslens {

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent), m_actions(new WindowActions(m_session, this)), m_banner(new MessageBanner),
      m_photo(new PhotoColumn(m_session, {m_actions->showSeen, m_actions->fit, m_actions->actualSize})),
      m_network(new NetworkPage(m_session)), m_lesions(new LesionPage(m_session)),
      m_model(new ModelPage(m_session)), m_compare(new ComparePage(m_session)), m_pages(new Pages),
      m_status(new StatusLine(m_session, m_actions->cancel)), m_presentation(new Presentation(this)),
      m_columns(new QSplitter), m_intake(new Intake(m_session, this)), m_help(new HelpPage(this))
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
    makeColumns();
    layout->addWidget(m_columns, 1);
    layout->addWidget(m_status);
    setCentralWidget(central);

    new ArrowKeys(this);
    connectActions();
    connectCopying();
    connectSession();
    connectViews();
    connectModelPage();
    // A file that is dropped on a text field is for the window, too.
    for (QLineEdit *field : findChildren<QLineEdit *>())
        field->setAcceptDrops(false);
    restore();
    m_network->focusStrip();
}

MainWindow::~MainWindow()
{
    // What is hidden in the end must not report to a window that is half gone, nor ask a session that is
    // gone.
    hide();
}

void MainWindow::makeColumns()
{
    m_columns->setChildrenCollapsible(false);
    // What is on the pages keeps its distance from their edge.
    m_columns->setHandleWidth(3 * Grid - Inset);
    m_columns->addWidget(m_photo);
    m_pages->add(m_network, QStringLiteral("network"), tr("Network"),
                 tr("What each block computed, and what is inside it"),
                 [this] { return m_network->first(); });
    m_pages->add(m_compare, QStringLiteral("compare"), tr("Compare"),
                 tr("Two pictures, or two models, side by side"));
    m_pages->add(m_lesions, QStringLiteral("lesions"), tr("Lesions"),
                 tr("What the network sees with blocks turned off, down or up"));
    m_pages->add(new TrustPage(m_session), QStringLiteral("trust"), tr("Trust"),
                 tr("How far the map over the picture can be trusted"));
    m_pages->add(m_model, QStringLiteral("model"), tr("Model"),
                 tr("What the network's file is, and the official weights"));
    m_columns->addWidget(m_pages);
    m_columns->setStretchFactor(0, 5);
    m_columns->setStretchFactor(1, 9);
}

void MainWindow::connectActions()
{
    connect(m_actions->open, &QAction::triggered, m_intake, &Intake::askForPictures);
    connect(m_actions->openModel, &QAction::triggered, m_intake, &Intake::askForModel);
    connect(m_actions->paste, &QAction::triggered, m_intake, &Intake::paste);
    connect(m_actions->save, &QAction::triggered, this, &MainWindow::save);
    connect(m_actions->runAgain, &QAction::triggered, &m_session, &Session::runAgain);
    connect(m_actions->cancel, &QAction::triggered, &m_session, &Session::cancel);
    connect(m_actions->showSeen, &QAction::toggled, m_photo, &PhotoColumn::setShowsSeen);
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
    connect(&m_session.exporter(), &Exporter::copied, this,
            [this] { m_status->confirm(tr("Picture copied")); });
    // A view of nothing, or a copy of what says that there is nothing, is of no use.
    const auto enable = [this] {
        const bool hasPhoto = m_session.photo() != nullptr;
        for (QAction *action : {m_actions->copyView, m_actions->showSeen, m_actions->fit,
                                m_actions->actualSize, m_actions->zoomIn, m_actions->zoomOut})
            action->setEnabled(hasPhoto);
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
    connect(&m_session, &Session::rowChanged, this, [this] {
        m_banner->hide();
        setWindowTitle(tr("%1 – Reslens").arg(m_session.currentPicture()->name));
    });
    // Esc is left to others, such as leaving the full screen, as long as there is nothing to stop.
    connect(&m_session, &Session::stateChanged, this,
            [this] { m_actions->cancel->setEnabled(m_session.isBusy()); });
    m_actions->cancel->setEnabled(false);
    connect(&m_session, &Session::openedBlockChanged, this, [this] {
        if (!m_session.openedBlock().isEmpty())
            m_compare->showBlock(m_session.openedBlock());
    });
    connect(&m_session.exporter(), &Exporter::saved, this, [this](const QString &file, bool described) {
        const QString shown = QDir::toNativeSeparators(file);
        m_status->confirm(
            described ? tr("Saved %1 and its description, %2.json").arg(shown, QFileInfo(file).fileName())
                      : tr("Saved %1").arg(shown));
    });
    connect(&m_session.exporter(), &Exporter::saveStopped, this, [this](const QString &file) {
        m_status->confirm(tr("Stopped: nothing was written to %1.").arg(QDir::toNativeSeparators(file)));
    });
}

void MainWindow::connectViews()
{
    auto *line = new QAction(this);
    line->setSeparator(true);
    m_photo->view()->addActions({m_actions->copyView, m_actions->save, line, m_actions->fit,
                                 m_actions->actualSize, m_actions->showSeen});
    m_photo->view()->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_photo->view(), &ImageView::pointed, m_status, &StatusLine::setReadout);
    // What was pointed at is no longer what is there.
    connect(&m_session, &Session::photoChanged, m_status, &StatusLine::clearReadout);
    connect(&m_session, &Session::mapsChanged, m_status, &StatusLine::clearReadout);
    connect(m_network, &NetworkPage::pointed, m_status, &StatusLine::setReadout);
    connect(m_network, &NetworkPage::overlayChanged, m_photo,
            [this] { m_photo->setOverlay(m_network->overlay()); });
    connect(m_compare, &ComparePage::pointed, m_status, &StatusLine::setReadout);
    connect(m_lesions, &LesionPage::pointed, m_status, &StatusLine::setReadout);
}

void MainWindow::connectModelPage()
{
    connect(m_model, &ModelPage::modelChosen, this, &MainWindow::loadModel);
    connect(m_model, &ModelPage::openRequested, m_intake, &Intake::askForModel);
    connect(m_model, &ModelPage::compareRequested, this, [this] {
        m_pages->turnTo(QStringLiteral("compare"));
        m_compare->choice()->chooseModels();
    });
    connect(m_model, &ModelPage::blockRequested, this, [this](const QString &block) {
        m_session.openBlock({});
        m_pages->turnTo(QStringLiteral("network"));
        m_network->select(block);
    });
    connect(m_photo, &PhotoColumn::classesRequested, this, [this] {
        m_pages->turnTo(QStringLiteral("model"));
        m_model->showClasses();
    });
}

void MainWindow::save()
{
    if (m_network->showsBlock())
        m_network->openSaveMenu();
    else
        m_photo->save();
}

void MainWindow::selectBlock(const QString &block)
{
    m_network->select(block);
}

void MainWindow::present(bool on)
{
    m_actions->present->setChecked(on);
    if (!on)
        return stopPresenting();
    QList<QWidget *> aside = m_photo->tools();
    aside << m_status;
    for (QToolBar *bar : findChildren<QToolBar *>())
        aside << bar;
    m_photo->allowFilmstrip(false);
    m_presentation->start(aside);
    m_network->focusStrip();
    constexpr int shownFor = 3000;
    QToolTip::showText(mapToGlobal(rect().center()), tr("Esc ends the presentation"), this, {}, shownFor);
}

void MainWindow::stopPresenting()
{
    m_presentation->stop();
    m_photo->allowFilmstrip(true);
}

void MainWindow::openAddress(const TypedAddress &address)
{
    m_network->open(address);
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

void MainWindow::showTheWorks()
{
    if (!m_session.explainer().question())
        m_session.explainer().chooseMethod(defaultSaliencyMethod);
    if (m_network->selected().isEmpty())
        connect(
            &m_session, &Session::modelChanged, m_network,
            [this] { m_network->select(m_session.blocks()->middleBlock()); }, Qt::SingleShotConnection);
}

void MainWindow::openSample()
{
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
    if (m_photo->hasFilmstrip())
        m_session.showPicture(m_session.currentRow() + by);
    else
        m_network->step(by);
}

void MainWindow::turn(int by)
{
    // On the network page, the keys of a presenter's remote lead from block to block.
    if (m_pages->current() == QLatin1String("network") || !m_pages->scroll(by))
        m_network->step(by);
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
    if (m_session.exporter().isSaving() && !mayStopSaving())
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
        return m_network->step(-1);
    case Qt::Key_Down:
        return m_network->step(1);
    case Qt::Key_Space:
        return m_photo->view()->setShowsOriginal(true);
    case Qt::Key_Escape:
        // The page itself would only hear of a key pressed on it.
        if (m_network->showsBlock())
            return m_network->back();
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
