// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"
#include "ui/widgets/photo_overlay.h"

#include <QStackedWidget>

namespace reslens {

class BlockPage;
class BlockPanel;
struct TypedAddress;

/// The network's blocks with what each adds to the explained logit, or an open block in their place.
class NetworkPage : public QStackedWidget
{
    Q_OBJECT

public:
    explicit NetworkPage(Session &session, QWidget *parent = nullptr);

    /// By name, also ahead of the network that has such a block.
    void select(const QString &block);
    const QString &selected() const;
    /// The block before (-1) or after (+1) the selected one; the open block changes along with it.
    void step(int by);
    /// Opens a block, one of its tensors or one channel as soon as it is there.
    void open(const TypedAddress &address);
    /// Whether an open block is seen.
    bool showsBlock() const;
    /// From the number to the channel, from there to the gallery, from there to the network.
    void back();
    void openSaveMenu();
    /// What has the keyboard when the page is turned to: the strip, or the open block's maps.
    QWidget *first() const;
    /// Gives the strip of blocks the keyboard.
    void focusStrip();
    /// What lies over the photo.
    PhotoOverlay overlay() const;

signals:
    /// What lies under the pointer, in words.
    void pointed(const QString &readout);
    void overlayChanged();

private:
    QWidget *makeOverview();
    void connectBlocks();
    void showOpened();

    Session &m_session;
    BlockPanel *m_blocks;
    BlockPage *m_block;
};

} // namespace reslens
