// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/photo_overlay.h"
#include "ui/widgets/zoom_view.h"
#include "ui/worker/results.h"

namespace reslens {

/// The picture: whole, with the part that the network got marked, or exactly the pixels that the network got.
/// Fit, 1:1, zoom with the wheel, pan by dragging.
class ImageView : public ZoomView
{
    Q_OBJECT

public:
    explicit ImageView(QWidget *parent = nullptr);

    /// Null shows the text set by setPlaceholder().
    void setPhoto(const PhotoPtr &photo);
    void setPlaceholder(const QString &icon, const QString &text);
    /// Of what is shown, in its own pixels; empty without a picture.
    QSizeF pictureSize() const;
    /// The network's input instead of the picture.
    void setShowsSeen(bool seen);
    bool showsSeen() const { return m_seen; }
    /// As long as it is on, the picture alone, without marks.
    void setShowsOriginal(bool original);

    /// A map, a unit and its receptive field over the picture.
    void setOverlay(const PhotoOverlay &overlay);

    /// One picture pixel takes one screen pixel.
    void actualSize();

    /// What is seen of the picture, as it is painted.
    QImage snapshot();

    /// Large enough to be shared out with what is below it when there is too little height for all.
    QSize sizeHint() const override { return {400, 300}; }
    QSize minimumSizeHint() const override { return {240, 64}; }

signals:
    void pointed(const QString &readout);

protected:
    void paintEvent(QPaintEvent *event) override;
    double nearScale() const override { return 1 / devicePixelRatioF(); }
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    bool paintsSeen() const { return m_seen && !m_original; }
    void updatePicture();
    void paintPicture(QPainter &painter) const;
    void paintMark(QPainter &painter) const;
    void paintOverlay(QPainter &painter) const;
    void paintPlaceholder(QPainter &painter) const;
    /// The part of what is shown that became the network's input, in its pixels.
    QRectF inputArea() const;
    QString readout(QPointF point) const;

    PhotoPtr m_photo;
    bool m_seen = false;
    bool m_original = false;
    PhotoOverlay m_overlay;
    QString m_placeholderIcon;
    QString m_placeholder;
};

} // namespace reslens
