// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saliency/color_bar.h"

#include "ui/base/format.h"
#include "ui/theme/appearance.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace reslens {
namespace {

/// All numbers of one bar are written alike.
QString number(const MapRange &range, float value)
{
    return formatBeside(value, std::max(std::abs(range.minimum), std::abs(range.maximum)));
}

constexpr int Thickness = Grid;
constexpr int ZeroMark = 3;

} // namespace

ColorBar::ColorBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Colour scale of the map"));
}

void ColorBar::setExplanation(const ExplanationPtr &explanation)
{
    m_explanation = explanation;
    QString range;
    QString end;
    if (explanation) {
        const MapRange &values = explanation->range;
        const ColorScale scale = explanation->scale();
        range = tr("from %1 to %2").arg(formatValue(values.minimum), formatValue(values.maximum));
        if (values.maximum > scale.high || values.minimum < scale.low)
            end = tr("The colours end at %1, which 99 of 100 values do not exceed.")
                      .arg(formatValue(scale.high));
    }
    setAccessibleDescription(range + (end.isEmpty() ? QString() : QStringLiteral(". ") + end));
    setToolTip(end);
    update();
}

void ColorBar::sharpen(QPainter &painter, int tip, int shoulder) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().window());
    for (const int edge : {0, Thickness})
        painter.drawPolygon(QPolygon({{tip, edge}, {shoulder, edge}, {tip, Thickness / 2}}));
    painter.restore();
}

QSize ColorBar::sizeHint() const
{
    return {22 * Grid, Thickness + ZeroMark + fontMetrics().height()};
}

void ColorBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect bar(0, 0, width(), Thickness);
    painter.fillRect(bar, faint(palette(), 0.09));
    if (!m_explanation)
        return;
    const ColorScale scale = m_explanation->scale();
    const MapRange range = m_explanation->range;
    const auto pixelAt = [&](float value) {
        return int(std::lround(positionInRange(value, scale.low, scale.high) * float(width())));
    };
    const int first = std::clamp(pixelAt(range.minimum), 0, width() - 1);
    const int last = std::clamp(pixelAt(range.maximum), first + 1, width());
    for (int x = first; x < last; ++x) {
        const Rgb rgb = colour(scale.map, (float(x) + 0.5F) / float(width()));
        painter.fillRect(QRect(x, 0, 1, Thickness), QColor(rgb[0], rgb[1], rgb[2]));
    }
    // Pointed towards what lies beyond the last colours.
    const bool goesBelow = range.minimum < scale.low;
    const bool goesAbove = range.maximum > scale.high;
    if (goesBelow)
        sharpen(painter, 0, Thickness / 2);
    if (goesAbove)
        sharpen(painter, width(), width() - Thickness / 2);

    const bool isSigned = m_explanation->method().isSigned;
    painter.setPen(quietText(palette()));
    const QRect text(0, Thickness + ZeroMark, width(), fontMetrics().height());
    QString least = number(range, range.minimum);
    QString greatest = number(range, range.maximum);
    const QString zero = QStringLiteral("0");
    const auto fits = [&](const QString &left, const QString &right) {
        const int words =
            2 * std::max(fontMetrics().horizontalAdvance(left), fontMetrics().horizontalAdvance(right));
        return words + fontMetrics().horizontalAdvance(zero) + 2 * Grid <= width();
    };
    const bool roomForZero = fits(least, greatest);
    const QString leastNamed = tr("min %1").arg(least);
    const QString greatestNamed = tr("max %1").arg(greatest);
    // Where the colours end before the values do, both are named.
    const auto withEnd = [&](float end, const QString &named) {
        return tr("%1 (%2)").arg(number(range, end), named);
    };
    const QString leastFull = goesBelow ? withEnd(scale.low, leastNamed) : leastNamed;
    const QString greatestFull = goesAbove ? withEnd(scale.high, greatestNamed) : greatestNamed;
    if (fits(leastFull, greatestFull)) {
        least = leastFull;
        greatest = greatestFull;
    } else if (fits(leastNamed, greatestNamed)) {
        least = leastNamed;
        greatest = greatestNamed;
    }
    // Where the values start at 0, one 0 is enough.
    const bool needsZero = !isSigned && number(range, range.minimum) != zero;
    painter.drawText(text, Qt::AlignLeft, needsZero ? zero + QStringLiteral("   ") + least : least);
    painter.drawText(text, Qt::AlignRight, greatest);
    if (isSigned) {
        if (roomForZero)
            painter.drawText(text, Qt::AlignHCenter, zero);
        painter.fillRect(QRectF(width() / 2.0 - 0.5, 0, 1, Thickness + ZeroMark),
                         palette().color(QPalette::WindowText));
    }
}

} // namespace reslens
