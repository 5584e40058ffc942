// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/image_view.h"

#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <cmath>

namespace reslens {

ImageView::ImageView(QWidget *parent) : ZoomView(parent)
{
    setFocusPolicy(Qt::ClickFocus);
    setAccessibleName(tr("Picture"));
}

void ImageView::setPhoto(const PhotoPtr &photo)
{
    const bool sameSize = photo && m_photo && photo->size == m_photo->size;
    m_photo = photo;
    if (!sameSize)
        m_transform.fit();
    updatePicture();
}

void ImageView::setPlaceholder(const QString &icon, const QString &text)
{
    m_placeholderIcon = icon;
    m_placeholder = text;
    update();
}

void ImageView::setShowsSeen(bool seen)
{
    if (m_seen == seen)
        return;
    m_seen = seen;
    m_transform.fit();
    updatePicture();
}

void ImageView::setShowsOriginal(bool original)
{
    if (m_original == original)
        return;
    m_original = original;
    if (m_seen)
        m_transform.fit();
    updatePicture();
}

QSizeF ImageView::pictureSize() const
{
    return !m_photo ? QSizeF() : m_seen ? m_photo->seen.size() : m_photo->size;
}

void ImageView::updatePicture()
{
    if (m_photo)
        m_transform.setPicture(paintsSeen() ? m_photo->seen.size() : m_photo->size);
    update();
}

void ImageView::setOverlay(const PhotoOverlay &overlay)
{
    m_overlay = overlay;
    update();
}

void ImageView::actualSize()
{
    zoomTo(nearScale(), QRectF(rect()).center());
}

QImage ImageView::snapshot()
{
    // Without the bands beside it.
    return grab(m_transform.pictureRect().toAlignedRect() & rect()).toImage();
}

void ImageView::paintPicture(QPainter &painter) const
{
    const QRectF target = m_transform.pictureRect();
    if (paintsSeen()) {
        painter.drawImage(target, m_photo->seen);
        return;
    }
    // The smallest level that still has a pixel for each one of the screen.
    const double devicePixels = m_transform.scale() * devicePixelRatioF();
    const auto level = std::size_t(
        std::clamp(std::floor(-std::log2(devicePixels) + 1e-6), 0.0, double(m_photo->levels.size() - 1)));
    const QImage &image = m_photo->levels[level];
    // Only what is in view: Qt would otherwise scale pixels that nobody sees.
    const QRectF visible = target.intersected(rect());
    const double sx = image.width() / target.width();
    const double sy = image.height() / target.height();
    const QRectF source((visible.x() - target.x()) * sx, (visible.y() - target.y()) * sy,
                        visible.width() * sx, visible.height() * sy);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, devicePixels < 2);
    painter.drawImage(visible, image, source);
}

void ImageView::paintMark(QPainter &painter) const
{
    const QRectF target = m_transform.pictureRect();
    const double scale = m_transform.scale();
    const QRectF area = m_photo->seenArea;
    if (area.size() == QSizeF(m_photo->size))
        return;
    const QRectF seen(target.topLeft() + area.topLeft() * scale, area.size() * scale);
    QPainterPath outside;
    outside.addRect(target);
    outside.addRect(seen);
    painter.fillPath(outside, QColor(0, 0, 0, 96));
    painter.setPen(QPen(Qt::white, 1.5));
    painter.drawRect(seen);
}

void ImageView::paintOverlay(QPainter &painter) const
{
    const QSizeF input = m_photo->seen.size();
    const QRectF area = inputArea();
    const double scale = m_transform.scale();
    const double sx = scale * area.width() / input.width();
    const double sy = scale * area.height() / input.height();
    const QPointF origin = m_transform.pictureRect().topLeft() + area.topLeft() * scale;
    const auto toView = [&](const QRectF &part) {
        return QRectF(origin.x() + part.x() * sx, origin.y() + part.y() * sy, part.width() * sx,
                      part.height() * sy);
    };
    painter.save();
    painter.setClipRect(m_transform.pictureRect());
    if (!m_overlay.map.isNull()) {
        // Values belong to the middles of their cells; between them, the eye is led.
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.setOpacity(m_overlay.opacity);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, m_overlay.smooth);
        painter.drawImage(toView(m_overlay.mapArea), m_overlay.map);
        painter.setOpacity(1);
    }
    // Light on dark, so that one of the two lines stands out from whatever is below.
    for (const std::optional<QRectF> &frame : {m_overlay.field, m_overlay.unit}) {
        if (!frame)
            continue;
        painter.setPen(QPen(QColor(0, 0, 0, 160), 4, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(toView(*frame));
        painter.setPen(QPen(Qt::white, 1.5, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(toView(*frame));
    }
    painter.restore();
}

void ImageView::paintPlaceholder(QPainter &painter) const
{
    constexpr int Side = 6 * Grid;
    const QRect middle(QPoint((width() - Side) / 2, height() / 2 - Side - Grid), QSize(Side, Side));
    themedIcon(m_placeholderIcon).paint(&painter, middle);
    painter.setPen(palette().color(QPalette::WindowText));
    const QRect text = rect().adjusted(2 * Grid, height() / 2 + Grid, -2 * Grid, 0);
    painter.drawText(text, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_placeholder);
}

void ImageView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (!m_photo) {
        painter.fillRect(rect(), pictureBackground(palette()));
        paintPlaceholder(painter);
        return;
    }
    painter.fillRect(rect(), pictureBackground(palette()));
    paintPicture(painter);
    if (!m_seen && !m_original)
        paintMark(painter);
    if (!m_original)
        paintOverlay(painter);
}

void ImageView::mouseMoveEvent(QMouseEvent *event)
{
    ZoomView::mouseMoveEvent(event);
    emit pointed(readout(event->position()));
}

void ImageView::leaveEvent(QEvent *)
{
    emit pointed({});
}

QRectF ImageView::inputArea() const
{
    return paintsSeen() ? QRectF(m_photo->seen.rect()) : m_photo->seenArea;
}

QString ImageView::readout(QPointF point) const
{
    if (!m_photo)
        return {};
    const QImage &image = paintsSeen() ? m_photo->seen : m_photo->levels.front();
    const QPointF position = m_transform.toPicture(point);
    const QPoint pixel(int(std::floor(position.x())), int(std::floor(position.y())));
    if (!image.rect().contains(pixel))
        return {};
    const QColor colour = image.pixelColor(pixel);
    const QRectF area = inputArea();
    const QString value =
        m_overlay.valueAt && !m_original && area.contains(position)
            ? m_overlay.valueAt(QPointF((position.x() - area.x()) * m_photo->seen.width() / area.width(),
                                        (position.y() - area.y()) * m_photo->seen.height() / area.height()))
            : QString();
    return tr("x %1, y %2: red %3, green %4, blue %5")
               .arg(pixel.x())
               .arg(pixel.y())
               .arg(colour.red())
               .arg(colour.green())
               .arg(colour.blue()) +
           value;
}

} // namespace reslens
