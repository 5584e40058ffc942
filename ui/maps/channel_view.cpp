// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/channel_view.h"

#include "ui/base/format.h"
#include "ui/theme/appearance.h"
#include "ui/theme/ink.h"
#include "ui/widgets/focus_ring.h"
#include "ui/worker/colouring.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace reslens {

ChannelView::ChannelView(QWidget *parent) : ZoomView(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Map of one channel"));
    new FocusRing(this);
}

void ChannelView::setChannel(const BlockMapsPtr &maps, int position, int channel, const ColorScale &scale)
{
    m_maps = maps;
    m_position = position;
    m_channel = channel;
    if (!maps) {
        m_picture = QImage();
        pick({});
        update();
        return;
    }
    const QSize before = m_picture.size();
    m_picture = paintChannel(map().tensor->view(), channel, scale);
    if (m_picture.size() != before) {
        m_step = maps->geometry(map()).step;
        m_transform.setPicture(QSizeF(m_picture.size()) * m_step);
        m_transform.fit();
        m_unit.reset();
    }
    emit unitChanged();
    update();
}

QRectF ChannelView::cellRect(QPoint unit) const
{
    const double side = m_transform.scale() * m_step;
    return {m_transform.pictureRect().topLeft() + QPointF(unit) * side, QSizeF(side, side)};
}

std::optional<QPoint> ChannelView::unitAt(QPointF point) const
{
    const QPointF position = m_transform.toPicture(point) / m_step;
    const QPoint unit(int(std::floor(position.x())), int(std::floor(position.y())));
    return m_picture.rect().contains(unit) ? std::optional(unit) : std::nullopt;
}

void ChannelView::pick(std::optional<QPoint> unit)
{
    if (unit == m_unit)
        return;
    m_unit = unit;
    update();
    emit unitChanged();
}

void ChannelView::paintValues(QPainter &painter) const
{
    const double side = m_transform.scale() * m_step;
    if (side < 1.15 * fontMetrics().horizontalAdvance(QStringLiteral("−0.0000")))
        return;
    for (int y = 0; y < m_picture.height(); ++y) {
        for (int x = 0; x < m_picture.width(); ++x) {
            const QRectF cell = cellRect({x, y});
            if (!cell.intersects(rect()))
                continue;
            painter.setPen(inkOn(m_picture.pixelColor(x, y)));
            painter.drawText(cell, Qt::AlignCenter, formatValue(map().tensor->at(y, x, m_channel)));
        }
    }
}

void ChannelView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), pictureBackground(palette()));
    if (!m_maps)
        return;
    const bool smooth = m_transform.scale() * m_step * devicePixelRatioF() < 1;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, smooth);
    painter.drawImage(m_transform.pictureRect(), m_picture);
    paintValues(painter);
    if (m_unit) {
        // Two lines, so that one of them stands out from whatever is below.
        const QRectF cell = cellRect(*m_unit);
        painter.setPen(QPen(Qt::black, 3, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(cell);
        painter.setPen(QPen(Qt::white, 1, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(cell);
    }
}

void ChannelView::wheelEvent(QWheelEvent *event)
{
    ZoomView::wheelEvent(event);
    pick(unitAt(event->position()));
}

void ChannelView::mousePressEvent(QMouseEvent *event)
{
    // A map that is all in view has nowhere to be moved to but out of the window.
    const bool leaves = m_transform.isFitted() || event->modifiers() & Qt::ControlModifier;
    m_pressed.reset();
    if (event->button() == Qt::LeftButton && leaves && unitAt(event->position()))
        m_pressed = event->position();
    else
        ZoomView::mousePressEvent(event);
}

void ChannelView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton))
        m_pressed.reset();
    if (!m_pressed)
        ZoomView::mouseMoveEvent(event);
    pick(unitAt(event->position()));
    const QPointF way = event->position() - m_pressed.value_or(event->position());
    if (way.manhattanLength() < QApplication::startDragDistance())
        return;
    m_pressed.reset();
    emit dragStarted();
}

void ChannelView::leaveEvent(QEvent *)
{
    pick({});
}

bool ChannelView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        // Keys that the window has shortcuts of its own for.
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool zooms = key->key() == Qt::Key_Plus || key->key() == Qt::Key_Minus;
        if (zooms || key->matches(QKeySequence::Copy)) {
            event->accept();
            return true;
        }
    }
    return ZoomView::event(event);
}

void ChannelView::keyPressEvent(QKeyEvent *event)
{
    const auto move = [this](int columns, int rows) {
        const QPoint middle = m_picture.rect().center();
        const QPoint target = m_unit ? *m_unit + QPoint(columns, rows) : middle;
        if (m_maps)
            pick(QPoint(std::clamp(target.x(), 0, m_picture.width() - 1),
                        std::clamp(target.y(), 0, m_picture.height() - 1)));
    };
    if (event->matches(QKeySequence::Copy)) {
        emit copyRequested();
        return;
    }
    // With Alt, the arrows lead from block to block.
    if (event->modifiers() & Qt::AltModifier)
        return ZoomView::keyPressEvent(event);
    const QPointF anchor = m_unit ? cellRect(*m_unit).center() : QRectF(rect()).center();
    switch (event->key()) {
    case Qt::Key_Left:
        return move(-1, 0);
    case Qt::Key_Right:
        return move(1, 0);
    case Qt::Key_Up:
        return move(0, -1);
    case Qt::Key_Down:
        return move(0, 1);
    case Qt::Key_PageUp:
        return emit stepRequested(-1);
    case Qt::Key_PageDown:
        return emit stepRequested(1);
    case Qt::Key_Plus:
        return zoomTo(1.25 * scale(), anchor);
    case Qt::Key_Minus:
        return zoomTo(0.8 * scale(), anchor);
    case Qt::Key_Home:
        return fit();
    default:
        ZoomView::keyPressEvent(event);
    }
}

} // namespace reslens
