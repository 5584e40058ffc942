// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"

#include <QMainWindow>

class QSplitter;

namespace reslens {

class ComparePage;
class HelpPage;
class Intake;
class LesionPage;
class MessageBanner;
class ModelPage;
class NetworkPage;
class Pages;
class PhotoColumn;
class Presentation;
class StatusLine;
class WindowActions;
struct TypedAddress;

/// Wires the session to its views and the user's hands to the session.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    Session &session() { return m_session; }
    /// Files, folders, and model files (.h5), as from the command line.
    void openPaths(const QStringList &paths);
    /// What the program is for: a map over the picture, unless another one is chosen, and a residual block,
    /// unless another one is selected.
    void showTheWorks();
    /// The sample that the first window shows where no picture is named.
    void openSample();
    /// As Session::loadModel().
    void loadModel(const QString &path, const QString &classNames = {});
    Pages &pages() { return *m_pages; }
    /// Selects a block on the network page, also ahead of the model that has it.
    void selectBlock(const QString &block);
    /// Large type on the full screen, for a lecture.
    void present(bool on);
    /// Opens a block, one of its tensors or one channel as soon as it is there.
    void openAddress(const TypedAddress &address);
    /// Turns to the page that compares the model with this second file; an empty path stands for the embedded
    /// model.
    void compareWith(const QString &model);

protected:
    bool event(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;

private:
    void makeColumns();
    void connectActions();
    void connectCopying();
    void connectSession();
    void connectViews();
    void connectModelPage();
    void stopPresenting();
    void save();
    /// Asks whether closing may throw away what is being saved.
    bool mayStopSaving();
    void stepPicture(int by);
    /// To the page's next part, or block by block where it has only one.
    void turn(int by);
    void restore();

    Session m_session;
    WindowActions *m_actions;
    MessageBanner *m_banner;
    PhotoColumn *m_photo;
    NetworkPage *m_network;
    LesionPage *m_lesions;
    ModelPage *m_model;
    ComparePage *m_compare;
    Pages *m_pages;
    StatusLine *m_status;
    Presentation *m_presentation;
    QSplitter *m_columns;
    Intake *m_intake;
    HelpPage *m_help;
};

} // namespace reslens
