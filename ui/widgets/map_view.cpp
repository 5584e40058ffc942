// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/map_view.h"

#include "ui/base/format.h"
#include "ui/theme/appearance.h"
#include "ui/worker/summarize.h"

#include <QMouseEvent>
#include <QPainter>

namespace reslens {
namespace {

constexpr int BarWidth = 12;

} // namespace

MapView::MapView(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Mean map of the selected block"));
}

void MapView::setSummary(const BlockSummaryPtr &summary)
{
    m_summary = summary;
    setAccessibleDescription(summary
                                 ? tr("%1, from %2 to %3")
                                       .arg(formatShape(summary->shape), formatValue(summary->meanMinimum),
                                            formatValue(summary->meanMaximum))
                                 : QString());
    update();
}

int MapView::scaleWidth() const
{
    return Grid + BarWidth + Grid / 2 + fontMetrics().horizontalAdvance(QStringLiteral("−0.0000"));
}

QRect MapView::mapRect() const
{
    const QSize room(width() - scaleWidth(), height());
    const QSize shape = m_summary ? QSize(m_summary->shape.width, m_summary->shape.height) : QSize(1, 1);
    return {QPoint(0, 0), shape.scaled(room, Qt::KeepAspectRatio)};
}

std::optional<QPoint> MapView::positionAt(QPointF point) const
{
    const QRect map = mapRect();
    if (!m_summary || !QRectF(map).contains(point))
        return {};
    const int x = int((point.x() - map.x()) * m_summary->shape.width / map.width());
    const int y = int((point.y() - map.y()) * m_summary->shape.height / map.height());
    return QPoint(std::min(x, m_summary->shape.width - 1), std::min(y, m_summary->shape.height - 1));
}

void MapView::paintScale(QPainter &painter, const QRect &map) const
{
    const QRect bar(map.right() + 1 + Grid, map.top(), BarWidth, map.height());
    QLinearGradient gradient(bar.bottomLeft(), bar.topLeft());
    for (int i = 0; i <= 16; ++i) {
        const Rgb rgb = colour(MapColours, float(i) / 16);
        gradient.setColorAt(i / 16.0, QColor(rgb[0], rgb[1], rgb[2]));
    }
    painter.fillRect(bar, gradient);

    const int line = fontMetrics().height();
    const QRect text(bar.right() + 1 + Grid / 2, map.top(), scaleWidth(), map.height());
    painter.setPen(quietText(palette()));
    painter.drawText(text, Qt::AlignLeft | Qt::AlignTop, formatValue(m_summary->meanMaximum));
    painter.drawText(text, Qt::AlignLeft | Qt::AlignBottom, formatValue(m_summary->meanMinimum));
    if (map.height() > 5 * line)
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                         formatValue((m_summary->meanMinimum + m_summary->meanMaximum) / 2));
}

void MapView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect map = mapRect();
    if (!m_summary) {
        painter.fillRect(map, faint(palette(), 0.07));
        return;
    }
    painter.drawImage(map, m_summary->thumbnail);
    paintScale(painter, map);
}

void MapView::mouseMoveEvent(QMouseEvent *event)
{
    const std::optional<QPoint> position = positionAt(event->position());
    if (!position) {
        emit pointed({});
        return;
    }
    emit pointed(tr("row %1, column %2: mean %3")
                     .arg(position->y())
                     .arg(position->x())
                     .arg(formatValue(m_summary->mean.at(position->y(), position->x(), 0))));
}

void MapView::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    emit pointed({});
}

} // namespace reslens
