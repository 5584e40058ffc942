// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/photo_overlay.h"
#include "ui/worker/results.h"

#include <QWidget>

class QBoxLayout;
class QCheckBox;
class QLabel;
class QSlider;

namespace reslens {

class ChannelModel;
class ChannelView;
class ExportMenu;
class ScaleBar;
class Histogram;
class Profile;

/// One channel: its map, large, its colour scale, its figures and their distribution; and what of it lies
/// over the photo. A wide page has the figures in a column beside the map, a narrow one below it.
class ChannelPage : public QWidget
{
    Q_OBJECT

public:
    /// What `save` offers is in the menu of the map, too.
    ChannelPage(const ChannelModel *model, ExportMenu *save, QWidget *parent = nullptr);

    /// Shows the channel as the model has it now; -1 shows none.
    void setChannel(int channel);
    int channel() const { return m_channel; }
    ChannelView *view() { return m_view; }
    /// Empty while the page is hidden.
    PhotoOverlay overlay() const;

signals:
    /// Address and value of the unit under the pointer; empty without one.
    void pointed(const QString &readout);
    void overlayChanged();
    void stepRequested(int by);
    /// The user wants to know how the value of the picked unit came to be.
    void explainRequested(QPoint unit);
    /// The map is being dragged out of the window.
    void dragStarted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    QWidget *makeFigures();
    QWidget *makeFoot();
    void arrange();
    void onUnit();
    void copyReadout();
    void explain();
    QString readout() const;

    const ChannelModel *m_model;
    ExportMenu *m_save;
    int m_channel = -1;
    ChannelView *m_view;
    ScaleBar *m_bar;
    Histogram *m_histogram;
    Profile *m_profile;
    std::vector<QLabel *> m_figures;
    QCheckBox *m_overPhoto;
    QSlider *m_opacity;
    QBoxLayout *m_all; ///< the map, and the foot below or beside it
    QBoxLayout *m_mapBox;
    QBoxLayout *m_plots;
    QWidget *m_foot;
};

} // namespace reslens
