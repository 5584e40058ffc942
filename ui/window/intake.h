// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class QDragEnterEvent;
class QDropEvent;
class QMimeData;
class QWidget;

namespace reslens {

class DropOverlay;
class Session;

/// Everything that comes into the window from outside: dropped on it, pasted, or chosen in a dialog.
/// Pictures go to the session.
class Intake : public QObject
{
    Q_OBJECT

public:
    Intake(Session &session, QWidget *window);

    /// Files, folders, and model files (.h5), as from the command line.
    void openPaths(const QStringList &paths);
    void paste();
    void askForPictures();
    void askForModel();

signals:
    void modelChosen(const QString &path);
    /// What came is nothing to open, in one sentence.
    void problem(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void onDragEnter(QDragEnterEvent &event);
    void onDrop(QDropEvent &event);
    void take(const QMimeData &mime, const QString &name);

    Session &m_session;
    QWidget *m_window;
    DropOverlay *m_overlay;
};

} // namespace reslens
