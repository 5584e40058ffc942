// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"
#include "ui/widgets/photo_overlay.h"

#include <QWidget>

class QAction;

namespace reslens {

class Filmstrip;
class ImageView;
class PhotoPanel;
class SaliencyLegend;

/// Beside the pages: the picture, what the map over it is, the top 5, and the open pictures if there are
/// several.
class PhotoColumn : public QWidget
{
    Q_OBJECT

public:
    /// `actions` become the small buttons beside the picture's caption.
    PhotoColumn(Session &session, const QList<QAction *> &actions, QWidget *parent = nullptr);

    ImageView *view();
    /// The square that the network sees instead of the picture.
    void setShowsSeen(bool seen);
    /// What lies over the picture; if it is nothing, the saliency map does.
    void setOverlay(const PhotoOverlay &overlay);
    bool hasFilmstrip() const;
    /// Whether the open pictures have a place, if there are several.
    void allowFilmstrip(bool allowed);
    /// The small buttons that say with a picture only what they do.
    QList<QWidget *> tools() const;
    /// Asks where the map is to be saved, or without one the picture as it is seen.
    void save();

signals:
    /// The user wants to know which classes the model has.
    void classesRequested();
    /// What lies over the picture instead of the map is this, in words; empty for the map.
    void captioned(const QString &caption);

private:
    /// What can be done as long as there is no map.
    QWidget *makeHint();
    QWidget *makeLegendPlace();
    void connectFilmstrip();
    void showFilmstrip();
    void layOver();
    void saveMap();
    void saveView();

    Session &m_session;
    PhotoPanel *m_photo;
    SaliencyLegend *m_legend;
    Filmstrip *m_filmstrip;
    PhotoOverlay m_overlay;
    bool m_filmstripAllowed = true;
};

} // namespace reslens
