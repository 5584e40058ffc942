// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/zoom_view.h"

#include <QMouseEvent>
#include <cmath>

namespace reslens {

ZoomView::ZoomView(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
}

void ZoomView::fit()
{
    m_transform.fit();
    update();
    emit moved();
}

void ZoomView::zoomTo(double scale, QPointF anchor)
{
    m_transform.setScale(scale, anchor);
    update();
    emit moved();
}

void ZoomView::zoom(double factor)
{
    zoomTo(m_transform.scale() * factor, QRectF(rect()).center());
}

void ZoomView::follow(const ViewTransform &other)
{
    m_transform.follow(other);
    update();
}

void ZoomView::resizeEvent(QResizeEvent *)
{
    m_transform.setView(size());
}

void ZoomView::wheelEvent(QWheelEvent *event)
{
    // A wheel that is tilted zooms nothing.
    if (event->angleDelta().y() == 0)
        return event->ignore();
    zoomTo(m_transform.scale() * std::pow(1.25, event->angleDelta().y() / 120.0), event->position());
}

void ZoomView::mousePressEvent(QMouseEvent *event)
{
    QWidget::mousePressEvent(event);
    if (event->button() != Qt::LeftButton || m_transform.isFitted())
        return;
    m_dragged = event->position();
    setCursor(Qt::ClosedHandCursor);
    event->accept();
}

void ZoomView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton) || m_transform.isFitted())
        return;
    m_transform.pan(event->position() - m_dragged);
    m_dragged = event->position();
    update();
    emit moved();
}

void ZoomView::mouseReleaseEvent(QMouseEvent *)
{
    unsetCursor();
}

void ZoomView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (m_transform.isFitted())
        zoomTo(nearScale(), event->position());
    else
        fit();
}

} // namespace reslens
