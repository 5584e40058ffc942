// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"

#include <QWidget>

class QAction;
class QLabel;
class QLayout;

namespace reslens {

class ImageView;

/// The picture with its caption: name, size, and how it reached the network. No higher than the picture needs
/// at the panel's width.
class PhotoPanel : public QWidget
{
    Q_OBJECT

public:
    /// `actions` become the small buttons beside the caption.
    PhotoPanel(Session &session, const QList<QAction *> &actions, QWidget *parent = nullptr);

    ImageView *view() { return m_view; }
    void setShowsSeen(bool seen);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void limitHeight();
    void refresh();
    void setCaption();

    Session &m_session;
    ImageView *m_view;
    QLabel *m_name;
    QLabel *m_caption;
    QLayout *m_below;
};

} // namespace reslens
