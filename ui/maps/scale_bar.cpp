// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/scale_bar.h"

#include "ui/base/format.h"
#include "ui/theme/appearance.h"
#include "ui/worker/colouring.h"

#include <QPainter>
#include <utility>

namespace reslens {
namespace {

constexpr int BarWidth = 12;

} // namespace

ScaleBar::ScaleBar(QWidget *parent) : QWidget(parent)
{
    setOrientation(Qt::Vertical);
    setAccessibleName(tr("Colour scale"));
}

QSize ScaleBar::sizeHint() const
{
    constexpr int Text = BarWidth + Grid / 2;
    if (m_orientation == Qt::Horizontal)
        return {80, Text + fontMetrics().height()};
    return {Text + fontMetrics().horizontalAdvance(QStringLiteral("−0.0000")), 80};
}

void ScaleBar::setOrientation(Qt::Orientation orientation)
{
    if (orientation == std::exchange(m_orientation, orientation))
        return;
    const bool lies = orientation == Qt::Horizontal;
    setSizePolicy(lies ? QSizePolicy::Expanding : QSizePolicy::Fixed,
                  lies ? QSizePolicy::Fixed : QSizePolicy::Expanding);
    updateGeometry();
    update();
}

void ScaleBar::setScale(const ColorScale &scale)
{
    m_scale = scale;
    setAccessibleDescription(tr("from %1 to %2").arg(formatValue(scale.low), formatValue(scale.high)));
    update();
}

void ScaleBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool lies = m_orientation == Qt::Horizontal;
    const QSize bar = lies ? QSize(width(), BarWidth) : QSize(BarWidth, height());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRect({}, bar), paintRamp(m_scale.map, m_orientation));
    painter.setPen(quietText(palette()));
    constexpr int Text = BarWidth + Grid / 2;
    const QRect text = lies ? rect().adjusted(0, Text, 0, 0) : rect().adjusted(Text, 0, 0, 0);
    painter.drawText(text, lies ? Qt::AlignRight : Qt::AlignTop, formatValue(m_scale.high));
    painter.drawText(text, lies ? Qt::AlignLeft : Qt::AlignBottom, formatValue(m_scale.low));
    const float middle = m_scale.map == ColorMap::Diverging ? 0 : (m_scale.low + m_scale.high) / 2;
    if (lies || height() > 5 * fontMetrics().height())
        painter.drawText(text, lies ? Qt::AlignHCenter : Qt::AlignVCenter, formatValue(middle));
}

} // namespace reslens
