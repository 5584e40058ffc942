// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/view_transform.h"

#include <QWidget>

namespace reslens {

/// A picture to look into: the wheel zooms at the pointer, dragging pans, a double click goes near and back
/// to the whole. What is painted is the business of those who inherit it.
class ZoomView : public QWidget
{
    Q_OBJECT

public:
    explicit ZoomView(QWidget *parent = nullptr);

    void fit();
    void zoom(double factor);
    double scale() const { return m_transform.scale(); }
    const ViewTransform &transform() const { return m_transform; }
    /// Shows the same part of its picture as another view, without saying so.
    void follow(const ViewTransform &other);

signals:
    /// The user sees another part than before.
    void moved();

protected:
    void zoomTo(double scale, QPointF anchor);
    /// What a double click on a whole picture enlarges it to.
    virtual double nearScale() const = 0;

    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

    ViewTransform m_transform;

private:
    QPointF m_dragged;
};

} // namespace reslens
