// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/maps/channel_exports.h"
#include "ui/maps/unit.h"
#include "ui/session/session.h"
#include "ui/widgets/photo_overlay.h"

#include <QWidget>

class QSlider;
class QStackedWidget;

namespace reslens {

class ChannelFilter;
class ChannelModel;
class ChannelPage;
class ColouringControls;
class FilterControls;
class GalleryView;
class PageHeader;
class TensorTabs;
class UnitPage;

/// The open block: its tensors to choose from, the channels of one of them as a gallery, one channel in full,
/// and how one of its numbers came to be. Backspace and Esc lead back, step by step to the network.
class BlockPage : public QWidget
{
    Q_OBJECT

public:
    explicit BlockPage(Session &session, QWidget *parent = nullptr);

    /// Shows the tensor, the channel and the unit of the address as soon as the block is there.
    void open(const TypedAddress &address);
    GalleryView *gallery() { return m_gallery; }
    void openSaveMenu();
    /// From the number to the channel, from there to the gallery, from there to the network.
    void back();
    /// What lies over the photo.
    PhotoOverlay overlay() const;

signals:
    void pointed(const QString &readout);
    void overlayChanged();
    /// The block before (-1) or after (+1) this one.
    void stepRequested(int by);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeFoot();
    void connectParts();
    void onMaps();
    void openWanted(const BlockMaps &maps);
    void showTensor();
    ChannelExports::Shown shown() const;
    void showChannel(const QModelIndex &index);
    /// What is opened and closed takes the keyboard along.
    void openChannel(const QModelIndex &index);
    void closeChannel();
    /// How the value at a position of the channel came to be.
    void showUnit(QPoint position);
    void openUnit(QPoint position);
    void forgetUnit();
    void closeUnit();
    void moveUnit(int columns, int rows);
    void step(int by);
    void refresh();
    /// Scores are asked for as long as the channels are sorted by them.
    void askForScores();
    /// The class that channels are sorted for; nothing without classes.
    std::optional<int> explainedClass() const;
    QString title() const;
    QString subtitle() const;
    QString placeholder() const;
    bool showsChannel() const;
    bool showsUnit() const { return m_position.has_value(); }
    QModelIndex indexOf(int channel) const;

    Session &m_session;
    ChannelModel *m_model;
    ChannelFilter *m_filter;
    GalleryView *m_gallery;
    ChannelExports *m_exports;
    PageHeader *m_header;
    TensorTabs *m_tensors;
    FilterControls *m_filterControls = nullptr;
    QStackedWidget *m_stack;
    ChannelPage *m_channel;
    UnitPage *m_unit;
    ColouringControls *m_colours;
    QSlider *m_size;
    std::optional<TypedAddress> m_wanted; ///< waits for its block
    std::optional<QPoint> m_position;     ///< of the unit that is explained, (column, row)
};

} // namespace reslens
