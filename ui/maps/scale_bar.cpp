// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/scale_bar.h"

#include "ui/base/format.h"
#include "ui/theme/appearance.h"
#include "ui/worker/colouring.h"

#include <QPainter>

namespace reslens {
namespace {

constexpr int BarWidth = 12;

} // namespace

ScaleBar::ScaleBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setAccessibleName(tr("Colour scale"));
}

QSize ScaleBar::sizeHint() const
{
    return {BarWidth + Grid / 2 + fontMetrics().horizontalAdvance(QStringLiteral("−0.0000")), 160};
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
    const QRect bar(0, 0, BarWidth, height());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(bar, paintRamp(m_scale.map, Qt::Vertical));
    painter.setPen(quietText(palette()));
    const QRect text = rect().adjusted(BarWidth + Grid / 2, 0, 0, 0);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignTop, formatValue(m_scale.high));
    painter.drawText(text, Qt::AlignLeft | Qt::AlignBottom, formatValue(m_scale.low));
    const float middle = m_scale.map == ColorMap::Diverging ? 0 : (m_scale.low + m_scale.high) / 2;
    if (height() > 5 * fontMetrics().height())
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, formatValue(middle));
}

} // namespace reslens
