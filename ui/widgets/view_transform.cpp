// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/view_transform.h"

#include <algorithm>

namespace reslens {

void ViewTransform::setView(QSizeF size)
{
    m_view = size;
    if (!m_fitted)
        keepInView();
}

void ViewTransform::fit()
{
    m_fitted = true;
}

double ViewTransform::scale() const
{
    if (!m_fitted || m_picture.isEmpty())
        return m_scale;
    return std::min(m_view.width() / m_picture.width(), m_view.height() / m_picture.height());
}

void ViewTransform::setScale(double scale, QPointF anchor)
{
    const QPointF fixed = toPicture(anchor);
    m_fitted = false;
    m_scale = std::clamp(scale, 1.0 / 32, 64.0);
    m_origin = anchor - fixed * m_scale;
    keepInView();
}

void ViewTransform::pan(QPointF by)
{
    if (m_fitted)
        return;
    m_origin += by;
    keepInView();
}

void ViewTransform::follow(const ViewTransform &other)
{
    m_fitted = other.m_fitted || other.m_picture.isEmpty() || m_picture.isEmpty();
    if (m_fitted)
        return;
    const double enlargement = m_picture.width() / other.m_picture.width();
    const QPointF otherMiddle(other.m_view.width() / 2, other.m_view.height() / 2);
    const QPointF middle(m_view.width() / 2, m_view.height() / 2);
    m_scale = other.m_scale / enlargement;
    m_origin = middle - other.toPicture(otherMiddle) * enlargement * m_scale;
    keepInView();
}

void ViewTransform::keepInView()
{
    const QSizeF size = m_picture * m_scale;
    const auto keep = [](double origin, double length, double room) {
        return length <= room ? (room - length) / 2 : std::clamp(origin, room - length, 0.0);
    };
    m_origin = {keep(m_origin.x(), size.width(), m_view.width()),
                keep(m_origin.y(), size.height(), m_view.height())};
}

QRectF ViewTransform::pictureRect() const
{
    const QSizeF size = m_picture * scale();
    if (!m_fitted)
        return {m_origin, size};
    return {QPointF((m_view.width() - size.width()) / 2, (m_view.height() - size.height()) / 2), size};
}

QPointF ViewTransform::toPicture(QPointF point) const
{
    return (point - pictureRect().topLeft()) / scale();
}

} // namespace reslens
