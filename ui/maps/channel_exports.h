// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/maps/export_menu.h"
#include "ui/session/session.h"

#include <QObject>

namespace reslens {

class ChannelModel;
class DragOut;
class GalleryView;

/// What the user can take away of the channels on a page: the one that fills the page, the selected tiles, or
/// all of them; by menu, on the clipboard, or dragged out.
class ChannelExports : public QObject
{
    Q_OBJECT

public:
    /// One channel in place of the gallery, and how large it is drawn.
    struct Shown
    {
        int channel = -1; ///< -1 for the gallery
        double width = 0; ///< in device-independent pixels
    };

    /// The menus appear on `page`; `shown` says what it shows.
    ChannelExports(Session &session, ChannelModel *model, GalleryView *gallery, std::function<Shown()> shown,
                   QWidget *page);

    ExportMenu *menu() { return m_menu; }
    /// The channels that the user would take away now. One selected tile is a choice only for its own menu
    /// (`counted` 1): otherwise it is where the cursor is.
    std::optional<MapExport> exported(ExportMenu::Form form, int counted = 2) const;
    /// The selected tiles, or the one channel.
    void dragOut();
    /// Of the tile at this place in the gallery.
    void openTileMenu(const QPoint &place);

signals:
    /// The user wants to see this tile's channel.
    void openRequested(const QModelIndex &tile);

private:
    void copyAddresses();

    Session &m_session;
    ChannelModel *m_model;
    GalleryView *m_gallery;
    std::function<Shown()> m_shown;
    QWidget *m_page;
    ExportMenu *m_menu;
    DragOut *m_drag;
};

} // namespace reslens
