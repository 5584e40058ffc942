// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"

#include <QMainWindow>

class QSplitter;
class QStackedWidget;

namespace reslens {

class BlockPage;
class BlockPanel;
class ComparePage;
class ContributionPanel;
class Filmstrip;
class HelpPage;
class Intake;
class LesionPage;
class MessageBanner;
class ModelPage;
class Pages;
class PhotoPanel;
class Presentation;
class SaliencyLegend;
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
    /// The sample that the first window shows where no picture is named, with what the program is for: a map
    /// over it, whatever is chosen later, and a residual block, unless another one is selected.
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
    /// Turns to the page that compares the model with this second file.
    void compareWith(const QString &model);

protected:
    bool event(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;

private:
    QWidget *makeBody();
    /// What can be done as long as there is no map.
    QWidget *makeHint();
    QWidget *makeNetworkPage();
    QWidget *makeModelPage();
    void connectActions();
    void connectCopying();
    void connectSession();
    void connectViews();
    void connectBlocks();
    void connectSaliency();
    /// What the open block shows lies over the picture, otherwise the saliency map.
    void updatePhotoOverlay();
    void stopPresenting();
    bool hasFilmstrip();
    void save();
    void saveMap();
    void saveView();
    /// Asks whether closing may throw away what is being saved.
    bool mayStopSaving();
    void stepPicture(int by);
    /// The open block changes along with the selected one.
    void stepBlock(int by);
    /// To the page's next part, or block by block where it has only one.
    void turn(int by);
    void restore();

    Session m_session;
    WindowActions *m_actions;
    MessageBanner *m_banner;
    PhotoPanel *m_photo;
    BlockPanel *m_blocks;
    BlockPage *m_page;
    QStackedWidget *m_network; ///< the network, or the open block
    SaliencyLegend *m_legend;
    ContributionPanel *m_contributions;
    LesionPage *m_lesions;
    ModelPage *m_model;
    Pages *m_pages;
    ComparePage *m_compare;
    Filmstrip *m_filmstrip;
    StatusLine *m_status;
    Presentation *m_presentation;
    QSplitter *m_columns;
    Intake *m_intake;
    HelpPage *m_help;
};

} // namespace reslens
