// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_actions.h"

#include "resources/resources.h"
#include "ui/saliency/saliency_menu.h"
#include "ui/theme/icons.h"
#include "ui/weights/official_weights.h"
#include "ui/widgets/menu_button.h"

#include <QAction>
#include <QActionGroup>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>
#include <QToolBar>

namespace reslens {
namespace {

/// A file's or folder's name, as long as a menu bears.
QString menuText(const QString &path, const QFontMetrics &metrics)
{
    const QString shown =
        metrics.elidedText(QFileInfo(path).fileName(), Qt::ElideMiddle, 48 * metrics.averageCharWidth());
    return QString(shown).replace(u'&', QStringLiteral("&&"));
}

QToolButton *menuButton(const QString &icon, const QString &text, const QString &tip, QMenu *menu)
{
    auto *button = new MenuButton;
    button->setIcon(themedIcon(icon));
    button->setText(text);
    button->setToolTip(tip);
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    return button;
}

/// "espresso.jpg" becomes "Espresso", "golden_retriever.jpg" "Golden retriever".
QString sampleName(const QString &path)
{
    QString name = QFileInfo(path).completeBaseName().replace(u'_', u' ').replace(u'-', u' ');
    name[0] = name[0].toUpper();
    return name;
}

} // namespace

WindowActions::WindowActions(Session &session, QWidget *window)
    : QObject(window), m_session(session), m_window(window)
{
    open = add(QStringLiteral("open"), tr("Open"), {QKeySequence::Open}, tr("Open one or several pictures"));
    paste = add(QStringLiteral("paste"), tr("Paste"), {QKeySequence::Paste},
                tr("Paste a picture, files or a path"));
    copyTop =
        add(QStringLiteral("copy"), tr("Copy top 5"), {QKeySequence::Copy}, tr("Copy the top 5 as text"));
    copyView = add(QStringLiteral("copy"), tr("Copy picture"), {QKeySequence(tr("Ctrl+Shift+C"))},
                   tr("Copy the picture as it is shown"));
    save =
        add(QStringLiteral("save"), tr("Save…"), {QKeySequence::Save},
            tr("Save what is in front: channels of the open block, the map over the picture, or the view"));
    runAgain = add(QStringLiteral("run"), tr("Run again"), {QKeySequence(tr("Ctrl+R"))},
                   tr("Read the picture again and run the network"));
    cancel = add(QStringLiteral("cancel"), tr("Cancel"), {QKeySequence(Qt::Key_Escape)},
                 tr("Stop what is running"));
    showSeen = add(QStringLiteral("eye"), tr("What the network got"), {QKeySequence(Qt::Key_N)},
                   tr("Show the exact pixels that the network got"));
    showSeen->setCheckable(true);
    fit = add(QStringLiteral("fit"), tr("Fit"), {QKeySequence(tr("Ctrl+0"))},
              tr("Fit the picture into the view"));
    actualSize = add(QStringLiteral("actual-size"), tr("1:1"), {QKeySequence(Qt::Key_1)},
                     tr("One pixel of the picture takes one of the screen"));
    zoomIn = add(QStringLiteral("zoom-in"), tr("Zoom in"),
                 {QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_Equal), QKeySequence::ZoomIn}, {});
    zoomOut = add(QStringLiteral("zoom-out"), tr("Zoom out"),
                  {QKeySequence(Qt::Key_Minus), QKeySequence::ZoomOut}, {});
    fullScreen = add(QStringLiteral("full-screen"), tr("Full screen"), {QKeySequence(Qt::Key_F11)}, {});
    fullScreen->setCheckable(true);
    present = add(QStringLiteral("present"), tr("Presentation"), {QKeySequence(Qt::Key_F5)},
                  tr("Large type on the full screen, to walk through the network with ↑ and ↓"));
    present->setCheckable(true);
    openModel =
        add(QStringLiteral("open"), tr("Open file…"), {}, tr("Load a model that Keras saved (.h5, .keras)"));
    help = add(QStringLiteral("help"), tr("Help"), {QKeySequence(Qt::Key_F1)},
               tr("What one sees, and the keys"));

    QAction *saliency = add(QStringLiteral("saliency"), tr("Saliency"), {QKeySequence(Qt::Key_S)}, {});
    connect(saliency, &QAction::triggered, &session.explainer(), &Explainer::toggle);
    const auto enable = [saliency, &session] { saliency->setEnabled(session.photo() != nullptr); };
    connect(&session, &Session::photoChanged, saliency, enable);
    enable();

    connect(&session, &Session::pictureOpened, this, [this](const QString &path) {
        if (!path.startsWith(u':'))
            m_recentFiles.add(path);
    });
    connect(&session, &Session::modelOpened, this, [this](const QString &path) { m_recentModels.add(path); });
}

QAction *WindowActions::add(const QString &icon, const QString &text, const QList<QKeySequence> &keys,
                            const QString &tip)
{
    auto *action = new QAction(themedIcon(icon), text, this);
    action->setShortcuts(keys);
    const QString shown = tip.isEmpty() ? text : tip;
    action->setToolTip(keys.isEmpty() ? shown
                                      : QStringLiteral("%1 (%2)").arg(
                                            shown, action->shortcut().toString(QKeySequence::NativeText)));
    m_window->addAction(action);
    return action;
}

void WindowActions::fill(QToolBar *toolBar)
{
    // The first icon stands in line with what is below.
    auto *edge = new QWidget;
    edge->setFixedWidth(Grid - 1);
    toolBar->addWidget(edge);
    toolBar->addAction(open);
    toolBar->addAction(paste);
    toolBar->addWidget(menuButton(QStringLiteral("samples"), tr("Samples"),
                                  tr("Photos that come with the program"), samplesMenu()));
    toolBar->addWidget(
        menuButton(QStringLiteral("recent"), tr("Recent"), tr("Pictures opened last"), recentMenu()));
    toolBar->addWidget(
        menuButton(QStringLiteral("model"), tr("Model"), tr("Which network answers"), modelMenu()));
    toolBar->addWidget(menuButton(QStringLiteral("preprocessing"), tr("Preprocessing"),
                                  tr("How a picture becomes the network's small square"),
                                  preprocessingMenu()));
    toolBar->addWidget(menuButton(QStringLiteral("saliency"), tr("Saliency"),
                                  tr("What in the picture speaks for and against a class (S)"),
                                  new SaliencyMenu(m_session.explainer(), m_window)));
    toolBar->addWidget(
        menuButton(QStringLiteral("view"), tr("View"), tr("Zoom, appearance, copying"), viewMenu()));
    auto *space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    toolBar->addWidget(space);
    toolBar->addAction(help);
    for (QToolButton *button : toolBar->findChildren<QToolButton *>(Qt::FindDirectChildrenOnly)) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
    }
}

QMenu *WindowActions::samplesMenu()
{
    auto *menu = new QMenu(m_window);
    for (const QString &path : samplePictures())
        menu->addAction(sampleName(path), this, [this, path] { emit pathChosen(path); });
    return menu;
}

QMenu *WindowActions::recentMenu()
{
    auto *menu = new QMenu(m_window);
    menu->setToolTipsVisible(true);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillRecent(menu); });
    return menu;
}

void WindowActions::fillRecent(QMenu *menu)
{
    menu->clear();
    const QStringList paths = m_recentFiles.paths();
    for (const QString &path : paths)
        menu->addAction(menuText(path, menu->fontMetrics()), this, [this, path] { emit pathChosen(path); })
            ->setToolTip(path);
    if (paths.isEmpty()) {
        menu->addAction(tr("None yet"))->setEnabled(false);
        return;
    }
    menu->addSeparator();
    menu->addAction(tr("Clear"), this, [this] { m_recentFiles.clear(); });
}

QMenu *WindowActions::modelMenu()
{
    auto *menu = new QMenu(m_window);
    menu->setToolTipsVisible(true);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillModels(menu); });
    return menu;
}

void WindowActions::fillModels(QMenu *menu)
{
    menu->clear();
    const ModelSummaryPtr model = m_session.model();
    // One at a time, and marked so.
    auto *group = new QActionGroup(menu);
    connect(menu, &QMenu::aboutToHide, group, &QObject::deleteLater);
    const auto addModel = [&](const QString &name, const QString &path, bool current) {
        QAction *action = menu->addAction(name, this, [this, path] { emit modelChosen(path); });
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(current);
        action->setToolTip(path);
    };
    addModel(tr("Embedded model"), {}, model && model->embedded);
    for (const auto &[name, top] : {std::pair{tr("Official ImageNet weights"), true},
                                    std::pair{tr("Official weights without classes"), false}})
        if (const QString path = findWeights(officialWeights(top).name); !path.isEmpty())
            addModel(name, path, model && model->path() == path);
    const QStringList recent = m_recentModels.paths();
    if (!recent.isEmpty())
        menu->addSeparator();
    for (const QString &path : recent)
        addModel(menuText(path, menu->fontMetrics()), path,
                 model && QFileInfo(model->path()).absoluteFilePath() == path);
    menu->addSeparator();
    menu->addAction(openModel);
    if (!recent.isEmpty())
        menu->addAction(tr("Clear the list"), this, [this] { m_recentModels.clear(); });
}

QMenu *WindowActions::preprocessingMenu()
{
    auto *menu = new QMenu(m_window);
    menu->setToolTipsVisible(true);
    auto *group = new QActionGroup(menu);
    const auto addChoice = [&](const QString &text, const QString &tip, const Preparation &preparation) {
        QAction *action =
            menu->addAction(text, this, [this, preparation] { m_session.setPreparation(preparation); });
        action->setCheckable(true);
        action->setToolTip(tip);
        action->setActionGroup(group);
        connect(menu, &QMenu::aboutToShow, action,
                [this, action, preparation] { action->setChecked(m_session.preparation() == preparation); });
    };
    for (const ResizeMode mode : {ResizeMode::Squash, ResizeMode::Crop}) {
        const bool crop = mode == ResizeMode::Crop;
        const QString tip = crop ? tr("The middle square with 87.5 % of the shorter side")
                                 : tr("The whole picture, stretched to a square");
        for (const auto &[filter, name] : {std::pair{ResizeFilter::Nearest, tr("nearest")},
                                           std::pair{ResizeFilter::Bilinear, tr("bilinear")},
                                           std::pair{ResizeFilter::Bicubic, tr("bicubic")}})
            addChoice(crop ? tr("Centre crop, %1").arg(name) : tr("Stretched, %1").arg(name), tip,
                      {{mode, filter}, true});
        menu->addSeparator();
    }
    addChoice(tr("Keras exact (nearest, stretched, no orientation)"),
              tr("As keras.utils.load_img(target_size=…) does: for comparing numbers with a Keras script"),
              KerasExact);
    return menu;
}

QMenu *WindowActions::viewMenu()
{
    auto *menu = new QMenu(m_window);
    menu->addActions({showSeen});
    menu->addSeparator();
    menu->addActions({fit, actualSize, zoomIn, zoomOut});
    menu->addSeparator();
    menu->addActions({copyTop, copyView, save, runAgain});
    menu->addSeparator();
    menu->addMenu(appearanceMenu());
    menu->addActions({fullScreen, present});
    return menu;
}

QMenu *WindowActions::appearanceMenu()
{
    auto *menu = new QMenu(tr("Appearance"), m_window);
    auto *group = new QActionGroup(menu);
    const Appearance now = appearanceFrom(QSettings().value(QStringLiteral("appearance")).toString());
    for (const auto &[appearance, text] :
         {std::pair{Appearance::System, tr("As the system")}, std::pair{Appearance::Light, tr("Light")},
          std::pair{Appearance::Dark, tr("Dark")}}) {
        QAction *action = menu->addAction(text, this, [choice = appearance] {
            QSettings().setValue(QStringLiteral("appearance"), toString(choice));
            applyAppearance(choice);
        });
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(appearance == now);
    }
    return menu;
}

} // namespace reslens
