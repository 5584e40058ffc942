// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace reslens {

/// How a picture lies in a view: fitted, or at a scale the user chose. Sizes are in device-independent
/// pixels.
class ViewTransform
{
public:
    void setPicture(QSizeF size) { m_picture = size; }
    void setView(QSizeF size);

    /// The whole picture, centred; it is enlarged if it is smaller than the view.
    void fit();
    bool isFitted() const { return m_fitted; }
    /// View pixels a picture pixel takes.
    double scale() const;
    /// Changes the scale, with the picture's point under `anchor` staying where it is. Between 1/32 and 64.
    void setScale(double scale, QPointF anchor);
    void pan(QPointF by);
    /// Shows the same part of this picture as `other` of its own, as shares of the pictures' extents.
    void follow(const ViewTransform &other);

    /// Where the picture lies in the view.
    QRectF pictureRect() const;
    /// A point of the view in picture pixels.
    QPointF toPicture(QPointF point) const;

private:
    void keepInView();

    QSizeF m_picture;
    QSizeF m_view;
    bool m_fitted = true;
    double m_scale = 1;
    QPointF m_origin; ///< of the picture, in the view
};

} // namespace reslens
