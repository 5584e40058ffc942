// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/recent_list.h"
#include "ui/session/session.h"
#include "ui/theme/appearance.h"

class QAction;
class QMenu;
class QToolBar;
class QWidget;

namespace reslens {

/// Everything that can be asked of the window, with its keys, icons and menus. The window connects the plain
/// actions; the menus that only concern the session act on it themselves.
class WindowActions : public QObject
{
    Q_OBJECT

public:
    WindowActions(Session &session, QWidget *window);

    void fill(QToolBar *toolBar);

    QAction *open;
    QAction *paste;
    QAction *copyTop;
    QAction *copyView;
    QAction *save;
    QAction *runAgain;
    QAction *cancel;
    QAction *showSeen; ///< checkable
    QAction *fit;
    QAction *actualSize;
    QAction *zoomIn;
    QAction *zoomOut;
    QAction *fullScreen; ///< checkable
    QAction *present;    ///< checkable
    QAction *openModel;
    QAction *help;

signals:
    void pathChosen(const QString &path);
    void modelChosen(const QString &path); ///< empty: the embedded one

private:
    QAction *add(const QString &icon, const QString &text, const QList<QKeySequence> &keys,
                 const QString &tip);
    QMenu *samplesMenu();
    QMenu *recentMenu();
    QMenu *modelMenu();
    QMenu *preprocessingMenu();
    QMenu *viewMenu();
    QMenu *appearanceMenu();
    void fillRecent(QMenu *menu);
    void fillModels(QMenu *menu);

    Session &m_session;
    QWidget *m_window;
    RecentList m_recentFiles{QStringLiteral("recent/files")};
    RecentList m_recentModels{QStringLiteral("recent/models")};
};

} // namespace reslens
